import type { Place } from "../model/done";
import type { Change } from "./change";
import { isSource, isTest } from "./kinds";
import { codeFiles } from "./todos";

/** What nobody means to leave in, by the files it can be in. */
const stops: readonly (readonly [files: RegExp, line: RegExp, what: string])[] = [
  [/\.([cm]?[jt]sx?|vue|svelte)$/, /^\s*debugger\s*;?\s*$/, "debugger"],
  [/\.py$/, /^\s*(breakpoint\(\)|(import )?i?pdb(\.set_trace\(\))?)\s*$/, "a breakpoint"],
  [/\.rb$/, /^\s*(binding\.(pry|irb)|byebug)\s*$/, "a breakpoint"],
  [/\.rs$/, /\bdbg!\(/, "dbg!"],
  [/\.php$/, /^\s*(var_dump|dd)\(/, "a dump"],
];
const only = /^\s*(describe|context|suite|it|test|specify)\.only\(|^\s*(fdescribe|fit)\(/;
const output = /^\s*console\.(log|debug|trace|table|dir)\(/;

/** Debugging that the change leaves behind. Output counts where the file had none: there it is no program's way of speaking. */
export function leftDebugging(change: Change, isIgnored: (path: string) => boolean): Place[] {
  return codeFiles(change, isIgnored).flatMap(({ path, oldPath, added, removed }) => {
    const before = change.readBefore(oldPath) ?? "";
    const speaks =
      !isSource(path) ||
      /(^|\/)(cli|cmd|commands?|main|server|log\w*|console|debug)(\/|\.\w+$)/i.test(path) ||
      /console\.(log|debug)\(/.test(before) ||
      removed.some((text) => output.test(text)) ||
      /^#!/.test(change.read(path) ?? "");
    return added.flatMap(({ line, text }) => {
      const stop = stops.find(([files, form]) => files.test(path) && form.test(text))?.[2];
      const alone = isTest(path) && only.test(text) ? "a test that keeps the others from running" : undefined;
      const said = !speaks && /\.([cm]?[jt]sx?|vue|svelte)$/.test(path) && output.test(text);
      const what = stop ?? alone ?? (said ? "output for debugging" : undefined);
      return what === undefined
        ? []
        : [{ path, line, message: `It leaves ${what} in: ${text.trim().slice(0, 120)}` }];
    });
  });
}
