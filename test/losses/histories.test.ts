import assert from "node:assert/strict";
import { openRepo } from "../../src/git/repo";
import { check } from "../../src/losses/check";
import type { CheckDocument, Method } from "../../src/model/check";
import { intended } from "./histories/intended";
import { knowing } from "./histories/knowing";
import { merges } from "./histories/merges";
import { ownLines } from "./histories/ownLine";
import { shapes } from "./histories/shapes";
import { stale } from "./histories/stale";
import { takenBack } from "./histories/takenBack";
import { variants } from "./histories/variants";
import { type Expected, type History, Story, type Word } from "./story";

describe("losses: what each history really loses", () => {
  for (const history of [
    ...stale,
    ...merges,
    ...intended,
    ...shapes,
    ...variants,
    ...knowing,
    ...takenBack,
    ...ownLines,
  ]) {
    it(history.name, async () => {
      const story = new Story();
      history.build(story);
      const opened = await openRepo(story.repo.dir);
      assert.ok(opened.ok);
      const ask = async (method: Method): Promise<CheckDocument> => {
        const recorded = history.recordedBase ? { recordedBase: history.recordedBase } : {};
        const answer = await check(opened.value, { base: "main", head: "agent-b", method, ...recorded });
        assert.ok(answer.ok);
        return answer.value;
      };
      const merged = await ask("merge");
      compare(history, merged, history.expect);
      assert.deepEqual(noteNames(merged), history.notes ?? []);
      assert.deepEqual({ ...(await ask("squash")), method: "merge" }, merged);
      compare(history, await ask("rebase"), history.rebase === "same" ? history.expect : history.rebase);
    });
  }
});

function noteNames({ notes }: CheckDocument): string[] {
  return notes.map(({ code, path }) => (path === null ? code : `${code} ${path}`)).sort();
}

/** Intended deletions need not be named; all else has to be as expected, path for path. */
function compare(history: History, document: CheckDocument, expect: Expected): void {
  const found = new Map<string, string>();
  const put = (word: Word, entries: readonly { readonly path: string }[]) => {
    for (const { path } of entries) found.set(path, [found.get(path), word].filter(Boolean).join(" and "));
  };
  put("loss", document.losses);
  put("question", document.questions);
  put("conflict", document.conflicts);
  put("intended", document.intended);
  const told: Record<string, string> = {};
  const wanted: Record<string, string> = {};
  for (const path of new Set([...found.keys(), ...Object.keys(expect)])) {
    const got = found.get(path) ?? "kept";
    const words = expect[path] ?? (got === "intended" ? "intended" : "kept");
    told[path] = got;
    wanted[path] = words.split("|").includes(got) ? got : words;
  }
  assert.deepEqual(told, wanted);
  const shown = [...document.losses, ...document.questions].flatMap((entry) => entry.introducedBy);
  const atRisk = document.conflicts.flatMap((entry) => entry.atRisk);
  const pulls = new Set([...shown, ...atRisk].map(({ pr }) => pr));
  if (history.pr !== undefined && pulls.size > 0) assert.ok(pulls.has(history.pr));
}
