import assert from "node:assert/strict";
import type { Meeting, Overlap, SharedFile } from "../../../src/model/overlap";
import type { Worktree } from "../../../src/model/worktree";
import { english } from "../../../src/ui/translate";
import { details } from "../../../src/ui/tree/details";
import { namesIn } from "../../../src/ui/tree/names";
import { meetingInWords, overlapsInWords } from "../../../src/ui/tree/overlaps";
import { presentWorktree } from "../../../src/ui/tree/presentWorktree";
import { tooltip } from "../../../src/ui/tree/tooltip";
import { scene, worktree } from "./kit";

const names = new Map(["a", "b", "c", "d", "e", "f", "g"].map((name) => [`/w/${name}`, name]));

function file(path: string, meeting: Meeting = "lines", more: Partial<SharedFile> = {}): SharedFile {
  return { path, otherPath: path, meeting, by: null, conflict: false, ranges: [], ...more };
}

function overlap(name: string, kind: Overlap["kind"], files: SharedFile[] = [], more = 0): Overlap {
  return { with: `/w/${name}`, kind, tried: true, files, more };
}

const clash = (name: string, path = "src/app.ts") =>
  overlap(name, "conflict", [file(path, "lines", { conflict: true })]);

/** The rows about overlaps, as a person reads them. */
function rows(overlaps: Worktree["overlaps"]): string[] {
  return details(worktree({ overlaps }), scene({ names }))
    .filter(({ id }) => id.startsWith("overlap"))
    .map(({ icon, label, description, context, opens }) =>
      [[icon.id, icon.color].filter(Boolean).join("/"), `${label}: ${description}`, context, opens]
        .filter(Boolean)
        .join(" | "),
    );
}

describe("ui/tree/overlaps", () => {
  it("gives a row to who would conflict or changes the same lines, and none to who only shares files", () => {
    const several = [file("src/app.ts"), file("b.ts", "apart"), file("c.ts", "apart")];
    assert.deepEqual(
      rows([
        clash("a"),
        overlap("b", "conflict", [file("x", "added", { conflict: true }), file("y")], 40),
        overlap("c", "lines", several),
        overlap("d", "files", [file("z", "apart")]),
        overlap("e", "builds-on"),
        overlap("f", "built-on"),
        overlap("gone", "conflict", [file("src/app.ts")]),
      ]),
      [
        "warning/list.warningForeground | Would conflict: with a in src/app.ts | ;detail;overlap; | openOverlap",
        "warning/list.warningForeground | Would conflict: with b in x (+41 files) | ;detail;overlap; | openOverlap",
        "git-compare | Overlap: c changes the same lines of src/app.ts (+2 files) | ;detail;overlap; | openOverlap",
        "layers | Stacked: builds on e | ;detail;stacked;",
        "layers | Stacked: is what f builds on | ;detail;stacked;",
      ],
    );
    assert.deepEqual(rows(null), []);
  });

  it("counts the rest where very many are in the way", () => {
    const found = rows(["a", "b", "c", "d", "e", "f", "g"].map((name) => clash(name)));
    assert.equal(found.length, 6);
    assert.equal(found.at(-1), "ellipsis | Overlap: with 2 more | ;detail;");
  });

  it("warns beside the name of conflicts only, and leaves needs, locks and the main worktree their icons", () => {
    const row = (facts: Partial<Worktree>) => {
      const { icon, description, spoken } = presentWorktree(worktree(facts), scene({ names }));
      assert.ok(!description || spoken.includes(description.split(" · ")[0] ?? ""));
      return `${icon.id} ${description}`;
    };
    assert.equal(row({ overlaps: [clash("a")] }), "warning would conflict with a");
    assert.equal(row({ overlaps: [overlap("a", "lines", [file("x")])] }), "git-branch ");
    const many = ["a", "b", "c", "d", "e"].map((name) => clash(name));
    assert.equal(row({ overlaps: many }), "warning would conflict with a, b, c, +2");
    assert.equal(row({ overlaps: many, lockedBecause: "" }).split(" ")[0], "lock");
    assert.equal(row({ overlaps: many, isMain: true }).split(" ")[0], "home");
    assert.equal(row({ overlaps: [clash("gone")] }), "git-branch ");
  });

  it("says all of it in the tooltip, with nothing from outside taken for Markdown", () => {
    const overlaps = [
      clash("a"),
      overlap("b", "lines", [file("x")]),
      overlap("c", "files", [file("y", "apart")]),
      overlap("d", "files", [file("y", "apart")]),
      overlap("e", "builds-on"),
    ];
    const words =
      "would conflict with a; overlaps with b; changes other places of the same files as c, d; builds on e";
    assert.equal(overlapsInWords({ overlaps }, names, english), words);
    assert.ok(tooltip(worktree({ overlaps }), scene({ names })).includes(`Overlap: ${words}`));
    assert.equal(overlapsInWords({ overlaps: [] }, names, english), null);

    const evil = "[x](command:evil) <b>";
    const [row] = details(
      worktree({ overlaps: [overlap("a", "lines", [file(evil), file("y", "apart")])] }),
      scene({ names: new Map([["/w/a", "`n`\u202e"]]) }),
    ).filter(({ id }) => id.startsWith("overlap"));
    assert.equal(
      row?.tooltip,
      [
        "**Overlap** \\`n\\`▯ changes the same lines of \\[x\\]\\(command\\:evil\\) \\<b\\> \\(\\+1 file\\)",
        "- \\`n\\`▯ changes the same lines of \\[x\\]\\(command\\:evil\\) \\<b\\>",
        "- \\`n\\`▯ changes other lines of y",
      ].join("\n"),
    );
    assert.match(row?.spoken ?? "", /^Overlap: .*\. `n`/);
  });

  it("says what the other does, and that a merge that could not be tried may conflict", () => {
    const cases: [Meeting, SharedFile["by"], string][] = [
      ["lines", null, "b changes the same lines of f"],
      ["apart", null, "b changes other lines of f"],
      ["whole", null, "b changes f too, which has no lines"],
      ["deleted", "this", "b changes f, which is deleted here"],
      ["deleted", "other", "b deletes f, which is changed here"],
      ["moved", "this", "b changes f under its old name"],
      ["moved", "other", "b gives f another name"],
      ["moved", "both", "b gives f yet another name"],
      ["added", null, "b adds another f"],
      ["place", null, "b has something else in the place of f"],
    ];
    for (const [meeting, by, words] of cases)
      assert.equal(meetingInWords(file("f", meeting, { by }), "b", english), words);
    const untried = { ...overlap("a", "lines", [file("x")]), tried: false };
    const [row] = details(worktree({ overlaps: [untried] }), scene({ names })).filter(({ id }) =>
      id.startsWith("overlap"),
    );
    assert.match(row?.spoken ?? "", /could not be tried, so it may conflict/);
  });

  it("calls worktrees as the tree does, and pull requests by their number", () => {
    const all = [
      worktree({ path: "/r", name: "r", isMain: true }),
      worktree({ path: "/x/csv", name: "csv" }),
      worktree({ path: "/y/csv", name: "csv" }),
    ];
    assert.deepEqual(
      [...namesIn({ worktrees: all, pulls: [] })],
      [
        ["/r", "r"],
        ["/x/csv", "x/csv"],
        ["/y/csv", "y/csv"],
      ],
    );
  });
});
