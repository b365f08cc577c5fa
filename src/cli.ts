import { version } from "../package.json";
import { adjudicate } from "./cli/adjudicate";
import { check } from "./cli/check";
import { findings } from "./cli/findings";
import { list } from "./cli/list";
import { main } from "./cli/main";
import { meant } from "./cli/meant";
import { newWorktree } from "./cli/new";
import { remove } from "./cli/remove";
import { undo } from "./cli/undo";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());

// The exit code is set, not forced: what is still in the pipe reaches its reader.
main(process.argv.slice(2), [list, check, meant, newWorktree, remove, undo, findings, adjudicate], {
  cwd: process.cwd(),
  version,
  signal: interrupted.signal,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
}).then((exitCode) => {
  process.exitCode = exitCode;
});
