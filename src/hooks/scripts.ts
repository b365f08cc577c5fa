import { createHash } from "node:crypto";

// All of these are for the plain sh that git brings along on every system.

/** The command line's exit code for "stop what is about to happen"; a program that fails has another one. */
export const stopCode = 3;

/** `node`: what runs our program now; VS Code's own is one when it is told so. */
export function launcherScript(node: string): string {
  return `#!/bin/sh
# Runs the command line of Agent Foreman. Taken away by: agent-foreman hooks remove
node=${quoted(node)}
here=$(dirname "$0")
[ -x "$node" ] || node=$(command -v node)
if [ -z "$node" ] || [ ! -f "$here/cli.cjs" ]; then
  echo "agent-foreman: there is no node here to run it with. Install node, or open the repo in VS Code once." >&2
  exit 127
fi
ELECTRON_RUN_AS_NODE=1 exec "$node" "$here/cli.cjs" "$@"
`;
}

/** What a launcher runs; null where its text does not tell. */
export function nodeOf(launcher: string): string | null {
  return /^node='(.*)'$/m.exec(launcher)?.[1]?.replaceAll("'\\''", "'") ?? null;
}

/** Whoever cannot be checked is let through and told so: nobody is locked out by a program that is missing. */
export function prePushScript(): string {
  return `#!/bin/sh
# Agent Foreman's part of git's pre-push hook; git's own file, or a line of yours, calls it.
sh "$(dirname "$0")/agent-foreman" hook pre-push -- "$@"
code=$?
[ $code -eq 0 ] && exit 0
[ $code -eq ${stopCode} ] && exit 1
echo "agent-foreman: what is pushed was NOT checked for lost work." >&2
exit 0
`;
}

/** Claude Code shows an agent what exit code 2 comes with, and goes on after every other one. */
export function claudeScript(): string {
  return `#!/bin/sh
# Called by Claude Code before each shell command; most have nothing to do with us.
input=$(cat)
case $input in
*push* | *"gh "*) ;;
*) exit 0 ;;
esac
printf '%s' "$input" | sh "$(dirname "$0")/agent-foreman" hook claude --repo "\${CLAUDE_PROJECT_DIR:-.}"
code=$?
[ $code -eq 0 ] && exit 0
[ $code -eq ${stopCode} ] && exit 2
echo "agent-foreman: what is pushed was NOT checked for lost work." >&2
exit 1
`;
}

/** For Claude Code's settings, which may be committed: does nothing where Agent Foreman is not in use. */
export const claudeCommand = `hook="$(git -C "\${CLAUDE_PROJECT_DIR:-.}" rev-parse --path-format=absolute --git-common-dir 2>/dev/null)/agent-foreman/hooks/claude"; [ -f "$hook" ] || exit 0; exec sh "$hook"`;

/** The line that a pre-push hook of somebody else needs; it hands on what git says on standard input. */
export const prePushLine =
  'hook="$(git rev-parse --path-format=absolute --git-common-dir)/agent-foreman/hooks/pre-push"; [ ! -f "$hook" ] || sh "$hook" "$@" || exit $?';

export const beforeSuffix = ".before-agent-foreman";

/**
 * Git's own file. A hook that was there before runs first, with the same words and the same input, and its no stands. The second
 * line has the sum of all that follows, so that a file that somebody changed is not taken for ours.
 */
export function gitHookScript(): string {
  const body = `# Tells before a push whose work it would delete. Taken away by: agent-foreman hooks remove --pre-push
# To push once without it: git push --no-verify
refs=$(cat; printf x)
refs=\${refs%x}
before="$0${beforeSuffix}"
if [ -x "$before" ]; then
  printf %s "$refs" | "$before" "$@" || exit $?
fi
ours="$(dirname "$0")/../agent-foreman/hooks/pre-push"
if [ -f "$ours" ]; then
  printf %s "$refs" | sh "$ours" "$@" || exit $?
else
  echo "agent-foreman: its files are gone, so what is pushed was NOT checked. See: agent-foreman hooks status" >&2
fi
`;
  return `#!/bin/sh\n# agent-foreman ${sumOf(body)}\n${body}`;
}

/** `ours`: as we wrote it, perhaps an older version of us; `changed`: ours with somebody's changes. */
export function whoseHook(text: string): "ours" | "changed" | "theirs" {
  const [, sum, body = ""] = /^#!\/bin\/sh\n# agent-foreman ([0-9a-f]{16})\n([\s\S]*)$/.exec(text) ?? [];
  if (sum === undefined) return "theirs";
  return sum === sumOf(body) ? "ours" : "changed";
}

/** Whether somebody put `prePushLine`, or one like it, into a hook. */
export function hasLine(text: string | null): boolean {
  return text?.includes("/agent-foreman/hooks/pre-push") === true;
}

function sumOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** One word for sh. On Windows sh takes slashes, and backslashes not always. */
export function quoted(file: string): string {
  const plain = process.platform === "win32" ? file.replaceAll("\\", "/") : file;
  return `'${plain.replaceAll("'", "'\\''")}'`;
}
