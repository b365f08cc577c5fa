import assert from "node:assert/strict";
import path from "node:path";
import { type Fleet, openFleet } from "../../src/fleet/index";
import { onGitCall } from "../../src/git/trace";
import { TestRepo } from "../kit/repo";
import { edit, ten } from "../overlap/kit";

interface Desks {
  readonly repo: TestRepo;
  readonly fleet: Fleet;
  readonly a: TestRepo;
  readonly b: TestRepo;
  readonly c: TestRepo;
}

/** Three worktrees off main; `a` has committed a change of line 5. */
async function open(): Promise<Desks> {
  const { repo } = TestRepo.withOrigin();
  repo.commit("files", { "x.txt": ten, "y.txt": ten });
  repo.git("push", "-q", "origin", "main");
  for (const name of ["a", "b", "c"]) repo.git("worktree", "add", "-q", "-b", name, `../${name}`, "main");
  const [a, b, c] = [repo.at("../a"), repo.at("../b"), repo.at("../c")];
  a.commit("work", { "x.txt": edit(ten, { 5: "a\n" }) });
  const fleet = await openFleet(repo.dir);
  assert.ok(fleet.ok);
  return { repo, fleet: fleet.value, a, b, c };
}

async function look(fleet: Fleet, ...folders: TestRepo[]): Promise<void> {
  await fleet.refresh(folders.length > 0 ? { paths: folders.map(({ dir }) => dir) } : {});
  await fleet.compare();
}

/** A line for each worktree that meets others, or of which that is not known. */
function told(fleet: Fleet): string[] {
  return fleet.snapshot.worktrees.flatMap(({ name, overlaps }) => {
    if (!overlaps) return [`${name}: ?`];
    return overlaps.map(({ with: other, kind, files }) =>
      `${name}: ${kind} ${path.basename(other)} ${files.map((file) => file.path).join(" ")}`.trim(),
    );
  });
}

describe("overlaps in the fleet", () => {
  it("come and go with commits and with files on disk, and only those hear of it that they are about", async () => {
    const { repo, fleet, a, b, c } = await open();
    assert.deepEqual(told(fleet), []);
    await fleet.refresh();
    assert.deepEqual(told(fleet), ["repo: ?", "a: ?", "b: ?", "c: ?"]);
    await fleet.compare();
    assert.deepEqual(told(fleet), []);
    const changed: string[][] = [];
    fleet.onChange((change) => {
      if (change.changed.length > 0) changed.push(change.changed.map((each) => path.basename(each)));
    });

    b.write({ "x.txt": edit(ten, { 5: "b\n" }), "new.txt": "b\n" });
    await look(fleet, b);
    assert.deepEqual(told(fleet), ["a: conflict b x.txt", "b: conflict a x.txt"]);
    assert.deepEqual([...new Set(changed.flat())].sort(), ["a", "b"]);

    changed.length = 0;
    c.write({ "new.txt": "c\n" });
    await look(fleet, c);
    assert.deepEqual(told(fleet), [
      "a: conflict b x.txt",
      "b: conflict a x.txt",
      "b: conflict c new.txt",
      "c: conflict b new.txt",
    ]);
    assert.deepEqual([...new Set(changed.flat())].sort(), ["b", "c"]);

    // The person's own worktree takes part too.
    repo.write({ "y.txt": edit(ten, { 2: "mine\n" }) });
    a.commit("more", { "y.txt": edit(ten, { 9: "a\n" }) });
    await look(fleet);
    assert.deepEqual(told(fleet).slice(0, 2), ["repo: files a y.txt", "a: conflict b x.txt"]);

    b.git("checkout", "-q", "--", "x.txt");
    b.git("clean", "-q", "-f");
    repo.git("checkout", "-q", "--", "y.txt");
    await look(fleet, b, repo);
    assert.deepEqual(told(fleet), []);
    fleet.dispose();
  });

  it("leave out what has landed", async () => {
    const { repo, fleet, b } = await open();
    b.commit("work", { "x.txt": edit(ten, { 5: "b\n" }) });
    await look(fleet);
    assert.deepEqual(told(fleet), ["a: conflict b x.txt", "b: conflict a x.txt"]);
    repo.git("merge", "-q", "--squash", "b");
    repo.commit("b (#2)");
    repo.git("push", "-q", "origin", "main");
    await look(fleet);
    assert.deepEqual(
      told(fleet).filter((line) => !line.endsWith("?")),
      [],
    );
    fleet.dispose();
  });

  it("are a commit's and a merge's that is under way, but not those of files that are in conflict", async () => {
    const { repo, fleet, a, b } = await open();
    repo.commit("target", { "y.txt": edit(ten, { 2: "target\n" }) });
    repo.git("push", "-q", "origin", "main");
    a.git("merge", "-q", "--no-commit", "--no-ff", "main");
    b.commit("work", { "y.txt": edit(ten, { 3: "b\n" }) });
    await look(fleet);
    assert.deepEqual(told(fleet), [], "what the merge brings in is the target's");
    a.git("commit", "-q", "--no-edit");
    assert.throws(() => b.git("merge", "-q", "main"));
    await look(fleet);
    assert.deepEqual(told(fleet), []);
    fleet.dispose();
  });

  it("cost nothing where nothing has changed, and read files only after they were touched", async () => {
    const { fleet, a, b, c } = await open();
    b.write({ "x.txt": edit(ten, { 5: "b\n" }) });
    c.write({ "x.txt": edit(ten, { 6: "c\n" }) });
    const calls = async (action: () => Promise<void>) => {
      const seen: string[] = [];
      const listening = onGitCall(({ args }) =>
        seen.push(args.find((arg) => /^[a-z]+-?[a-z]*$/.test(arg)) ?? ""),
      );
      await action();
      listening.dispose();
      return (verb: string) => seen.filter((each) => each === verb).length;
    };
    await look(fleet);
    assert.deepEqual(told(fleet).length, 6);
    assert.equal((await calls(() => fleet.compare()))("rev-list"), 0);
    await fleet.refresh({ paths: [b.dir] });
    const again = await calls(() => fleet.compare());
    assert.deepEqual([again("write-tree"), again("merge-tree")], [1, 0]);
    a.commit("more", { "z.txt": "a\n" });
    await fleet.refresh({ paths: [a.dir] });
    const more = await calls(() => fleet.compare());
    assert.deepEqual([more("write-tree"), more("merge-tree")], [0, 1]);
    fleet.dispose();
  });
});
