import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { TestRepo } from "../kit/repo";
import { judged } from "./judged";
import { standing, story } from "./kept";

describe("done, in odd repos", () => {
  it("reads names, bytes and links as they are", async () => {
    const repo = story([]);
    const odd = 'src/we:ird\n- "name" [x](y).ts';
    repo.write({
      [odd]: "// TODO odd\n",
      "src/ä ö.ts": "// FIXME umlaut\r\n",
      "src/bytes.ts": Buffer.from([0, 1, 2, 0x2f, 0x2f, 0x20, 0x54]),
      "docs/latin.md": Buffer.from("caf\xe9 [a](gone.md)\n", "latin1"),
      "package.json": "{ not json",
      "long.ts": `// ${"x".repeat(3_000_000)}\n`,
    });
    symlinkSync("/etc/passwd", path.join(repo.dir, "docs/link.md"));
    repo.commit("refactor: odd");
    assert.deepEqual(standing(await judged(repo)), {
      "docs fail": [["docs/latin.md", 1]],
      "debt fail": [
        [odd, 1],
        ["src/ä ö.ts", 1],
      ],
    });
  });

  it("has nothing to say where nothing was changed, and judges the removal of everything", async () => {
    const same = await judged(story([]));
    assert.deepEqual([standing(same), same.verdict], [{}, "done"]);
    const gone = story([]);
    gone.git("rm", "-q", "-r", ".");
    gone.commit("chore: away with it\n\nIntentional-removal: all of it");
    assert.deepEqual(standing(await judged(gone)), {});
  });

  it("judges a submodule and a mode as what they are", async () => {
    const other = TestRepo.init();
    other.commit("first", { "a.ts": "// TODO other\n" });
    const repo = story([]);
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other.dir, "libs/other");
    repo.git("update-index", "--chmod=+x", "src/log.ts");
    repo.git("commit", "-q", "-m", "chore: other");
    assert.deepEqual(standing(await judged(repo)), {});
  });
});
