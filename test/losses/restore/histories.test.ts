import assert from "node:assert/strict";
import { openRepo } from "../../../src/git/repo";
import { checkUndecided } from "../../../src/losses/cached";
import { restoreEdits } from "../../../src/losses/restore/edits";
import { numbers } from "../../../src/losses/restore/gaps";
import type { CheckDocument, Deletion } from "../../../src/model/check";
import { hasParts } from "../../../src/ui/editor/mark";
import { merges } from "../histories/merges";
import { shapes } from "../histories/shapes";
import { stale } from "../histories/stale";
import { type History, Story } from "../story";

const histories = [...stale, ...merges, ...shapes].filter(({ expect }) =>
  Object.values(expect).some((words) => words.includes("loss")),
);

async function check(story: Story, { recordedBase }: History): Promise<CheckDocument> {
  const repo = await openRepo(story.repo.dir);
  assert.ok(repo.ok);
  const request = { base: "main", worktree: true, ...(recordedBase === undefined ? {} : { recordedBase }) };
  const found = await checkUndecided(repo.value, request);
  assert.ok(found.ok);
  return found.value;
}

function show(story: Story, name: string): string[] {
  try {
    return story.git("show", name).split("\n");
  } catch {
    return [];
  }
}

/** What the quick fix does, with the file as the editor's buffer. */
function restore(story: Story, { path: file, headPath, baseRanges, introducedBy }: Deletion): void {
  const name = headPath ?? file;
  const now = story.read(name).replace(/\n$/, "").split("\n");
  const older = introducedBy.flatMap(({ oid }) => show(story, `${oid}^1:${file}`));
  const own = now.filter((line) => /\w/.test(line) && !older.includes(line));
  for (const edit of restoreEdits(show(story, `main:${file}`), now, numbers(baseRanges), older).reverse())
    now.splice(edit.from, edit.to - edit.from, ...edit.lines);
  assert.deepEqual(
    own.filter((line) => !now.includes(line)),
    [],
    "what the branch itself wrote is still there",
  );
  story.repo.write({ [name]: `${now.join("\n")}\n` });
}

describe("losses/restore/edits, in every history", () => {
  for (const history of histories) {
    it(`gets the lines back: ${history.name}`, async () => {
      const story = new Story();
      history.build(story);
      story.switch("agent-b");
      const lost = (await check(story, history)).losses;
      for (const loss of lost) {
        if (hasParts(loss)) restore(story, loss);
        else if (loss.kind === "file") story.git("checkout", "-q", "main", "--", loss.path);
      }
      const left = (await check(story, history)).losses.filter(
        (loss) => hasParts(loss) || loss.kind === "file",
      );
      assert.deepEqual(
        left.map(({ path, baseRanges }) => [path, baseRanges]),
        [],
      );
    });
  }
});
