import { run, runOk } from "./run";

/**
 * What git ignores below a worktree's top: `/`-separated paths from there, a wholly ignored folder as one entry that
 * ends in `/`, so that node_modules is never walked. With `inside`, the files below that ignored folder, one by one.
 */
export async function listIgnored(top: string, inside?: string): Promise<string[]> {
  const args = ["ls-files", "--others", "--ignored", "--exclude-standard", "-z"];
  const text = await runOk(
    top,
    inside === undefined ? [...args, "--directory"] : [...args, "--", `:(literal)${inside}`],
  );
  return text.split("\0").filter((name) => name !== "");
}

/** Whether git ignores the path, as it lies there now: a link is not a folder. */
export async function isIgnored(top: string, path: string): Promise<boolean> {
  return (await run(top, ["check-ignore", "--quiet", "--", path])).exitCode === 0;
}

/** Whether git ignores a folder of that path, whether it is there or not. */
export async function isIgnoredFolder(top: string, path: string): Promise<boolean> {
  return (await run(top, ["check-ignore", "--quiet", "--", `./${path}/`])).exitCode === 0;
}
