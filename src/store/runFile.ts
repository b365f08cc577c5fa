/** Set for every agent that we start, to its run's id; what hooks of ours do, they do only where it is set. */
export const runVariable = "AGENT_FOREMAN_RUN";

const fileName = /^agent-([0-9a-z-]{1,64})\.jsonl$/;

/** The name of the file with a run's notes, beside all other notes, where changes are noticed at once. */
export function runFileName(id: string): string {
  return `agent-${id}.jsonl`;
}

/** The run whose notes are in a file of this name; null: it is another file. */
export function runOfFile(name: string): string | null {
  return fileName.exec(name)?.[1] ?? null;
}
