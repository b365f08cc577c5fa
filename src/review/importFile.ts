import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Repo } from "../git/repo";
import { type Outcome, refused } from "../model/outcome";
import type { ReviewRun } from "../model/verdict";
import { importFindings, mostBytes, tooLarge } from "./import";

/** Imports a file; its name stands for the reviewer where it names none. Refused as `no-file`, and as importFindings. */
export async function importFile(repo: Repo, file: string, ref?: string): Promise<Outcome<ReviewRun>> {
  let text: string;
  try {
    if ((await stat(file)).size > mostBytes) return tooLarge();
    text = await readFile(file, "utf8");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refused(
      "no-file",
      `The findings cannot be read: ${message}.`,
      "Check the path. Nothing was imported.",
    );
  }
  const reviewer = path.parse(file).name;
  return importFindings(repo, { text, reviewer, ...(ref === undefined ? {} : { ref }) });
}
