import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hooksHome, launcherFile } from "../../src/hooks/home";
import {
  isUpToDate,
  launchedHooks,
  removeLauncher,
  updateLauncher,
  writeLauncher,
} from "../../src/hooks/launcher";
import { tempDir } from "../kit/repo";

describe("hooks/launcher", () => {
  it("follows the program that is used, and stays with a node that stays", async () => {
    const dir = tempDir();
    const program = (name: string, node: string) => {
      const cli = path.join(dir, `${name}.js`);
      writeFileSync(cli, `console.log("${name}", process.argv[2], process.env.ELECTRON_RUN_AS_NODE);\n`);
      return { cli, node };
    };
    const run = () => execFileSync("sh", [launcherFile(dir), "a b"], { encoding: "utf8" });
    const old = program("old", process.execPath);
    await updateLauncher(dir, old);
    assert.equal(existsSync(hooksHome(dir)), false);
    await writeLauncher(dir, old, ["claude"]);
    assert.equal(run(), "old a b 1\n");
    const next = program("next", "/nowhere/it's gone");
    assert.equal(await isUpToDate(dir, next), false);
    await updateLauncher(dir, next);
    assert.equal(run(), "next a b 1\n");
    assert.equal(await isUpToDate(dir, next), true);
    assert.ok(readFileSync(launcherFile(dir), "utf8").includes(`node='${process.execPath}'`));
    // What was told so far is gone: what runs us now is taken.
    await writeLauncher(dir, next, ["claude"]);
    await updateLauncher(dir, old);
    assert.equal(run(), "old a b 1\n");
    assert.deepEqual(await launchedHooks(dir), ["claude"]);
    await removeLauncher(dir, "pre-push");
    assert.equal(run(), "old a b 1\n");
    await removeLauncher(dir, "claude");
    assert.equal(existsSync(hooksHome(dir)), false);
  });
});
