import { AsyncLocalStorage } from "node:async_hooks";

// Of the caller's GIT_* variables only those that say how to reach a server and whose settings to read survive:
// GIT_DIR and friends, as set inside a hook, would point every command at one worktree.
export const keptEnvironment = [
  "GIT_SSH",
  "GIT_SSH_COMMAND",
  "GIT_SSH_VARIANT",
  "GIT_ASKPASS",
  "SSH_ASKPASS",
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_SSL_CAINFO",
  "GIT_LFS_SKIP_SMUDGE",
  "GIT_AUTHOR_NAME",
  "GIT_AUTHOR_EMAIL",
  "GIT_AUTHOR_DATE",
  "GIT_COMMITTER_NAME",
  "GIT_COMMITTER_EMAIL",
  "GIT_COMMITTER_DATE",
];
/** What we set ourselves. */
export const ownEnvironment = [
  "GIT_TERMINAL_PROMPT",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_PROGRESS_DELAY",
];
const dropped = /^(GIT_|EDITOR$|VISUAL$|PAGER$|PREFIX$)/;

/** What a git is started with: the caller's environment, without what would lead it astray, and what is added to it here. */
export function environmentOf(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined && (!dropped.test(key) || keptEnvironment.includes(key))) env[key] = value;
  }
  // A prompt nobody can see would hang for ever. C keeps git's words the same on every machine.
  return { ...env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", ...surrounding.getStore(), ...extra };
}

const surrounding = new AsyncLocalStorage<Readonly<Record<string, string>>>();

/** Adds to the environment of every git that `action` starts, however deep. Only for values of our own making. */
export function withGitEnvironment<T>(env: Readonly<Record<string, string>>, action: () => Promise<T>) {
  return surrounding.run({ ...surrounding.getStore(), ...env }, action);
}

/** What `withGitEnvironment` around this added under that name. */
export function surroundingEnvironment(name: string): string | undefined {
  return surrounding.getStore()?.[name];
}
