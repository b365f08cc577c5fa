import type { CheckDocument, Deletion } from "../model/check";

/**
 * The command that gets lost lines back into the branch, to be run at the top of its worktree: the whole file where the
 * branch has nothing of its own in it, else the landings' own changes once more, oldest first. Where git has no command for
 * it, ours does it; `program`: how a shell calls us.
 */
export function remedy(document: CheckDocument, deletion: Deletion, program = "agent-foreman"): string {
  const { kind, path, headPath, introducedBy } = deletion;
  const file = shellWord(path);
  // A patch of the old name finds no file.
  if (kind === "lines" && headPath !== null && headPath !== path)
    return `${program} restore ${deletion.id.slice(0, 8)}`;
  if (kind === "move-undone" && headPath) return `git mv -- ${shellWord(headPath)} ${file}`;
  if (kind !== "lines" || introducedBy.length === 0)
    return `git checkout ${shellWord(document.base.ref)} -- ${file}`;
  return introducedBy
    .map(({ oid }) => `git diff ${oid.slice(0, 12)}^1 ${oid.slice(0, 12)} -- ${file} | git apply --3way`)
    .reverse()
    .join(" && ");
}

/** The command that takes a branch's own commits to a clean branch; `onto` null: the default. `program`: how a shell calls us. */
export function recoverCommand(branch: string, onto: string | null, program = "agent-foreman"): string {
  const target = onto === null ? "" : ` --onto ${shellWord(onto)}`;
  return `${program} recover ${shellWord(branch)}${target} --as ${shellWord(`${branch}-recovered`)}`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these must not reach a terminal
const control = /[\u0000-\u001f\u007f-\u009f]/g;

/** A word for bash and zsh, with control characters written out. */
export function shellWord(text: string): string {
  if (/^[\w./@+=:,][\w./@+=:,-]*$/.test(text)) return text;
  if (text.search(control) === -1) return `'${text.replaceAll("'", "'\\''")}'`;
  const hex = (char: string) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  return `$'${text.replace(/[\\']/g, "\\$&").replace(control, hex)}'`;
}
