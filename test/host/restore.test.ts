import assert from "node:assert/strict";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { openRepo, type Repo } from "../../src/git/repo";
import type { Deletion } from "../../src/model/check";
import { type Restored, restoreFile, restoreLines, restoreName } from "../../src/ui/editor/restore";
import { TestRepo, tempDir } from "../kit/repo";
import { mark } from "../ui/editor/kit";

const way = {
  restoreLines,
  restoreFile,
  restoreName: (_: Repo, ...rest: Parameters<typeof restoreName>) => restoreName(...rest),
};

/** A repo whose commit `base` has the files, and whose folder has what `after` makes of them. */
async function restore(
  how: keyof typeof way,
  base: Readonly<Record<string, string | Buffer>>,
  after: (repo: TestRepo) => void,
  facts: Partial<Deletion>,
): Promise<{ restored: Restored; repo: TestRepo }> {
  const repo = TestRepo.init();
  repo.commit("base", base);
  after(repo);
  return { restored: await again(how, repo, facts), repo };
}

async function again(how: keyof typeof way, repo: TestRepo, facts: Partial<Deletion>): Promise<Restored> {
  const opened = await openRepo(repo.dir);
  assert.ok(opened.ok);
  const shown = mark({ introducedBy: [], headPath: facts.path ?? null, ...facts });
  const oid = repo.git("rev-parse", "HEAD");
  const at = { ...shown, worktree: { ...shown.worktree, path: repo.dir }, base: { ref: "main", oid } };
  return way[how](opened.value, at, vscode.Uri.file);
}

const bytes = (repo: TestRepo, name: string) => readFileSync(path.join(repo.dir, name));
const buffer = async (repo: TestRepo, name: string) =>
  (await vscode.workspace.openTextDocument(path.join(repo.dir, name))).getText();

describe("restoring in a real VS Code", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.files.revert");
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("keeps the ends of line that the file has on disk", async () => {
    const { restored, repo } = await restore(
      "restoreLines",
      { "a.txt": "one\ntwo\nthree\nfour\n" },
      (made) => made.write({ "a.txt": "one\r\nfour\r\n" }),
      { path: "a.txt", baseRanges: [[2, 3]], lines: 2 },
    );
    assert.equal(restored.done, true);
    assert.equal(await buffer(repo, "a.txt"), "one\r\ntwo\r\nthree\r\nfour\r\n");
    // Nothing is saved for the person.
    assert.equal(bytes(repo, "a.txt").toString(), "one\r\nfour\r\n");
  });

  it("puts lines back as they are spelled where a checkout writes another encoding than git keeps", async () => {
    const settings = vscode.workspace.getConfiguration("files");
    const written = [
      ["UTF-16LE-BOM", "utf16le", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
      ["ISO-8859-1", "iso88591", (text: string) => Buffer.from(text, "latin1")],
    ] as const;
    for (const [attribute, encoding, write] of written) {
      await settings.update("encoding", encoding, vscode.ConfigurationTarget.Global);
      const { restored, repo } = await restore(
        "restoreLines",
        {
          ".gitattributes": `*.txt working-tree-encoding=${attribute}\n`,
          "a.txt": write("für\nüber\nnach\n"),
        },
        (made) => made.write({ "a.txt": write("für\nnach\n") }),
        { path: "a.txt", baseRanges: [[2, 2]], lines: 1 },
      );
      assert.deepEqual([restored.done, await buffer(repo, "a.txt")], [true, "für\nüber\nnach\n"]);
    }
    await settings.update("encoding", undefined, vscode.ConfigurationTarget.Global);
  });

  it("puts lines back at the very beginning and end, also where the last line does not end", async () => {
    const facts = {
      path: "a.txt",
      baseRanges: [
        [1, 1],
        [3, 3],
      ] as const,
      lines: 2,
    };
    const write = (text: string) => (made: TestRepo) => made.write({ "a.txt": text });
    const base = { "a.txt": "first\nmiddle\nlast" };
    const unended = await restore("restoreLines", base, write("middle"), facts);
    assert.equal(await buffer(unended.repo, "a.txt"), "first\nmiddle\nlast");
    const ended = await restore("restoreLines", base, write("middle\n"), facts);
    assert.equal(await buffer(ended.repo, "a.txt"), "first\nmiddle\nlast\n");
    const empty = await restore("restoreLines", base, write(""), facts);
    assert.equal(await buffer(empty.repo, "a.txt"), "first\nlast\n");
  });

  it("finds the place in a file that the branch has moved", async () => {
    const { repo } = await restore(
      "restoreLines",
      { "old name.txt": "one\ntwo\nthree\n" },
      (made) => {
        made.git("mv", "old name.txt", "new name.txt");
        made.write({ "new name.txt": "one\nthree\n" });
      },
      { path: "old name.txt", headPath: "new name.txt", baseRanges: [[2, 2]], lines: 1 },
    );
    assert.equal(await buffer(repo, "new name.txt"), "one\ntwo\nthree\n");
  });

  it("brings a file back that is gone from the disk, and says so where nothing is missing", async () => {
    const base = { "a.txt": "one\ntwo\n" };
    const facts = { path: "a.txt", baseRanges: [[2, 2]] as const, lines: 1 };
    const gone = await restore("restoreLines", base, (made) => rmSync(path.join(made.dir, "a.txt")), facts);
    assert.equal(bytes(gone.repo, "a.txt").toString(), base["a.txt"]);
    const there = await restore("restoreLines", base, () => {}, facts);
    assert.deepEqual([there.restored.done, await buffer(there.repo, "a.txt")], [true, base["a.txt"]]);
  });

  it("brings deleted files back byte for byte: a mark at the beginning, no text, and what can be run", async () => {
    const marked = Buffer.from("\ufeffone\r\ntwo\r\n");
    const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xfe, 10, 13]);
    const { repo, restored } = await restore(
      "restoreFile",
      { "deep/marked.txt": marked, "picture.png": picture, "run.sh": "#!/bin/sh\n" },
      (made) => {
        made.git("update-index", "--chmod=+x", "run.sh");
        made.git("commit", "-q", "-m", "runnable");
        made.git("rm", "-q", "-r", "-f", ".");
      },
      { kind: "file", path: "deep/marked.txt", headPath: null },
    );
    assert.equal(restored.done, true);
    const shown = await again("restoreFile", repo, { kind: "binary", path: "picture.png", headPath: null });
    assert.deepEqual(shown, { done: true, uri: null, line: 0 });
    await again("restoreFile", repo, { kind: "file", path: "run.sh", headPath: null });
    assert.deepEqual([bytes(repo, "deep/marked.txt"), bytes(repo, "picture.png")], [marked, picture]);
    const mode = statSync(path.join(repo.dir, "run.sh")).mode & 0o777;
    assert.equal(mode, process.platform === "win32" ? mode : 0o755);
  });

  it("writes a deleted file with the ends of line that a checkout would give it", async () => {
    const { repo } = await restore(
      "restoreFile",
      { "a.txt": "one\ntwo\n", ".gitattributes": "*.txt text eol=crlf\n" },
      (made) => rmSync(path.join(made.dir, "a.txt")),
      { kind: "file", path: "a.txt", headPath: null },
    );
    assert.equal(bytes(repo, "a.txt").toString(), "one\r\ntwo\r\n");
  });

  it("replaces a picture that was set back", async () => {
    const [now, old] = [Buffer.from([0, 1, 2, 3]), Buffer.from([0, 9])];
    const { repo } = await restore("restoreFile", { "a.png": now }, (made) => made.write({ "a.png": old }), {
      kind: "binary",
      path: "a.png",
    });
    assert.deepEqual(bytes(repo, "a.png"), now);
  });

  it("moves a file to the name that the target has for it, and never over another one", async () => {
    const facts = { kind: "move-undone", path: "new/a.txt", headPath: "a.txt" } as const;
    const back = (made: TestRepo) => {
      made.git("mv", "new/a.txt", "a.txt");
    };
    const moved = await restore("restoreName", { "new/a.txt": "text\n" }, back, facts);
    assert.deepEqual(
      [existsSync(path.join(moved.repo.dir, "a.txt")), bytes(moved.repo, "new/a.txt").toString()],
      [false, "text\n"],
    );
    const taken = await restore(
      "restoreName",
      { "new/a.txt": "text\n" },
      (made) => {
        back(made);
        made.write({ "new/a.txt": "another\n" });
      },
      facts,
    );
    assert.equal(taken.restored.done, false);
    assert.equal(bytes(taken.repo, "new/a.txt").toString(), "another\n");
  });

  it("leaves alone what a link leads away from the worktree, and what is no plain file", async () => {
    const outside = tempDir();
    const away = await restore(
      "restoreFile",
      { "folder/a.txt": "text\n" },
      (made) => {
        rmSync(path.join(made.dir, "folder"), { recursive: true });
        symlinkSync(outside, path.join(made.dir, "folder"));
      },
      { kind: "file", path: "folder/a.txt", headPath: null },
    );
    assert.deepEqual([away.restored.done, existsSync(path.join(outside, "a.txt"))], [false, false]);
    for (const name of ["../a.txt", "/a.txt", ".git/config", "a\u0000b"]) {
      const refused = await again("restoreFile", away.repo, { kind: "file", path: name, headPath: null });
      assert.equal(refused.done, false, name);
    }
    const link = await restore(
      "restoreFile",
      { "real.txt": "text\n" },
      (made) => {
        symlinkSync("real.txt", path.join(made.dir, "link"));
        made.commit("link");
        rmSync(path.join(made.dir, "link"));
      },
      { kind: "file", path: "link", headPath: null },
    );
    assert.deepEqual([link.restored.done, !link.restored.done && link.restored.command], [false, true]);
    assert.throws(() => lstatSync(path.join(link.repo.dir, "link")));
  });

  it("changes no file elsewhere through a link that took the file's place", async () => {
    const elsewhere = path.join(tempDir(), "elsewhere.txt");
    writeFileSync(elsewhere, "one\n");
    const facts = { path: "a.txt", baseRanges: [[2, 2]], lines: 1 } as const;
    const linked = (made: TestRepo) => {
      rmSync(path.join(made.dir, "a.txt"));
      symlinkSync(elsewhere, path.join(made.dir, "a.txt"));
    };
    const { restored, repo } = await restore("restoreLines", { "a.txt": "one\ntwo\n" }, linked, facts);
    const whole = await again("restoreFile", repo, facts);
    assert.deepEqual([restored.done, whole.done], [false, false]);
    // Those of other tests may be unsaved yet: a browser's VS Code saves after a second.
    const changed = vscode.workspace.textDocuments.filter(
      ({ isDirty, fileName }) => isDirty && [elsewhere, path.join(repo.dir, "a.txt")].includes(fileName),
    );
    assert.deepEqual(changed, []);
  });

  it("makes no file anew of which an editor holds what is not saved", async () => {
    // A browser's VS Code saves by itself after a second.
    const settings = vscode.workspace.getConfiguration("files");
    await settings.update("autoSave", "off", vscode.ConfigurationTarget.Global);
    const { repo } = await restore("restoreFile", { "a.txt": "one\n" }, () => {}, { path: "a.txt" });
    const file = path.join(repo.dir, "a.txt");
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(file));
    await editor.edit((edit) => edit.insert(new vscode.Position(1, 0), "mine\n"));
    rmSync(file);
    const restored = await again("restoreFile", repo, { kind: "file", path: "a.txt", headPath: null });
    assert.deepEqual([restored.done, existsSync(file)], [false, false]);
    assert.deepEqual([editor.document.isDirty, editor.document.getText()], [true, "one\nmine\n"]);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await settings.update("autoSave", undefined, vscode.ConfigurationTarget.Global);
  });

  it("says what it cannot do where a folder took the file's place", async () => {
    const { restored } = await restore(
      "restoreLines",
      { "a.txt": "one\ntwo\n" },
      (made) => {
        rmSync(path.join(made.dir, "a.txt"));
        mkdirSync(path.join(made.dir, "a.txt"));
      },
      { path: "a.txt", baseRanges: [[2, 2]], lines: 1 },
    );
    assert.deepEqual([restored.done, !restored.done && restored.command], [false, true]);
  });
});
