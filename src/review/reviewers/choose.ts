import { findProgram } from "../../programs/find";
import type { Adapter } from "./adapter";
import { commandReviewer } from "./command";
import type { Reviewer } from "./reviewer";
import { vendors } from "./vendors";

/** The known reviewers whose command is on PATH; nothing is run to find out. */
export async function installedReviewers(env: NodeJS.ProcessEnv = process.env): Promise<Reviewer[]> {
  const found = await Promise.all(vendors.map(({ program }) => findProgram(program, env)));
  return vendors.filter((_, i) => found[i] !== null).map(commandReviewer);
}

/** One that does not share the builder's model where there is one: nobody sees the own blind spots. */
export function otherThan(builder: string | null, reviewers: readonly Reviewer[]): Reviewer | null {
  const own = vendorOf(builder);
  return reviewers.find(({ vendor }) => vendor !== own) ?? reviewers[0] ?? null;
}

/** `builder`: an agent's id. */
function vendorOf(builder: string | null): string | null {
  return vendors.find(({ id }: Adapter) => id === builder)?.vendor ?? null;
}
