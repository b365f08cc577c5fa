import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { findOccupants, isInside, parseLsof } from "../../src/worktrees/occupants";
import { tempDir } from "../kit/repo";

describe("worktrees/occupants", () => {
  it("finds the processes in a folder and below, and none beside it", async () => {
    const root = tempDir();
    const dirs = ["tree/deep", "tree-2"].map((name) => path.join(root, name));
    for (const dir of dirs) mkdirSync(dir, { recursive: true });
    const wait = "setTimeout(() => {}, 60000); process.stdout.write('.')";
    const processes = dirs.map((cwd) => spawn(process.execPath, ["-e", wait], { cwd }));
    try {
      await Promise.all(
        processes.map(({ stdout }) => new Promise((resolve) => stdout.once("data", resolve))),
      );
      const found = await findOccupants(path.join(root, "tree"));
      const expected = process.platform === "win32" ? undefined : [processes[0]?.pid];
      assert.deepEqual(
        found?.map(({ pid }) => pid),
        expected,
      );
    } finally {
      for (const child of processes) child.kill();
    }
  });

  it("reads what lsof prints, our own process excepted", () => {
    const lines = [
      "p42",
      "czsh",
      "fcwd",
      "n/w/tree",
      "p43",
      "cnode",
      "fcwd",
      "n/w/tree/a b",
      "p44",
      "cvim",
      "fcwd",
      "n/w/tree-2",
    ];
    const own = [`p${process.pid}`, "cnode", "fcwd", "n/w/tree"];
    assert.deepEqual(parseLsof([...lines, ...own, ""].join("\n"), "/w/tree"), [
      { pid: 42, command: "zsh" },
      { pid: 43, command: "node" },
    ]);
  });

  it("does not take a name that begins alike, or with dots, for something else", () => {
    const inside = ["/w/tree", "/w/tree/a", "/w/tree/..a"].map((inner) => isInside("/w/tree", inner));
    const outside = ["/w", "/w/tree-2", "/w/..a", "/"].map((inner) => isInside("/w/tree", inner));
    assert.deepEqual(
      [inside, outside],
      [
        [true, true, true],
        [false, false, false, false],
      ],
    );
  });
});
