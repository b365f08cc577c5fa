import path from "node:path";
import type { Adapter } from "./adapter";
import { vendors } from "./vendors";

/**
 * Any program: it is started in the checkout, reads the question on standard input and prints the finding JSON. It is the
 * person's own, never one that a repo names.
 */
export function customAdapter([program, ...args]: readonly [string, ...string[]]): Adapter {
  return {
    id: "custom",
    label: path.basename(program),
    vendor: null,
    program,
    // Whose model it asks is not known.
    needs: (name, env) => vendors.some((vendor) => vendor.needs(name, env)),
    start: ({ desk }) => ({ cwd: desk.checkout, args }),
    progress: () => null,
    hear: (stdout) => ({
      text: stdout.trim() === "" ? null : stdout,
      costUsd: null,
      model: null,
      problem: null,
    }),
  };
}
