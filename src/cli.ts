import { version } from "../package.json";
import { main } from "./cli/main";
import { readInput } from "./cli/readInput";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());

// Each is read when it is asked for: most of what they need takes longer to load than the check to answer.
const commands = {
  list: async () => (await import("./cli/list")).list,
  check: async () => (await import("./cli/check")).check,
  done: async () => (await import("./cli/done")).done,
  meant: async () => (await import("./cli/meant")).meant,
  new: async () => (await import("./cli/new")).newWorktree,
  remove: async () => (await import("./cli/remove")).remove,
  undo: async () => (await import("./cli/undo")).undo,
  recover: async () => (await import("./cli/recover")).recover,
  restore: async () => (await import("./cli/restore")).restore,
  hooks: async () => (await import("./cli/hooks")).hooks,
  hook: async () => (await import("./cli/hook")).hook,
  review: async () => (await import("./cli/review")).review,
  findings: async () => (await import("./cli/findings")).findings,
  setup: async () => (await import("./cli/setup")).setup,
  adjudicate: async () => (await import("./cli/adjudicate")).adjudicate,
};

// The exit code is set, not forced: what is still in the pipe reaches its reader.
main(process.argv.slice(2), commands, {
  cwd: process.cwd(),
  version,
  signal: interrupted.signal,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: readInput,
}).then((exitCode) => {
  process.exitCode = exitCode;
});
