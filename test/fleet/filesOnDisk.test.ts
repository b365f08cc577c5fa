import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Fleet } from "../../src/fleet/index";
import { openRepo } from "../../src/git/repo";
import { type GitCall, onGitCall } from "../../src/git/trace";
import { TestRepo } from "../kit/repo";
import { Story } from "../losses/story";

interface Shop {
  readonly story: Story;
  readonly fleet: Fleet;
  /** agent-b's worktree: nothing committed on it. */
  readonly desk: TestRepo;
  readonly lib: string;
}

/** A shop where receipts (#12) have landed, and a worktree off it; `early`: off what was there before. */
async function open(early?: "early"): Promise<Shop> {
  const story = new Story();
  if (early) story.git("branch", "agent-b");
  story.landReceipts();
  story.git(
    "worktree",
    "add",
    "-q",
    ...(early ? ["../desk", "agent-b"] : ["-b", "agent-b", "../desk", "main"]),
  );
  const desk = story.repo.at("../desk");
  desk.env = story.repo.env;
  const repo = await openRepo(story.repo.dir);
  assert.ok(repo.ok);
  const fleet = new Fleet(repo.value);
  await look(fleet);
  return { story, fleet, desk, lib: readFileSync(path.join(desk.dir, "src/shop.ts"), "utf8") };
}

async function look(fleet: Fleet, ...paths: string[]): Promise<void> {
  await fleet.refresh(paths.length > 0 ? { paths } : {});
  await fleet.check();
}

/** What is said of agent-b's desk: null where nothing is. */
function said(fleet: Fleet): string | null {
  const check = fleet.snapshot.worktrees.find(({ branch }) => branch === "agent-b")?.check;
  if (!check) return null;
  const losses = check.losses.map(({ path: file }) => file).join(" ");
  const notes = check.notes.map(({ code }) => ` (${code})`).join("");
  return `${check.worktree ? "files" : "commits"}: ${check.verdict} ${losses}${notes}`.trim();
}

const older = (story: Story) => ({ "src/shop.ts": `${story.git("show", "main~1:src/shop.ts")}\n` });

describe("files on disk in the fleet's verdict", () => {
  it("shows a loss before it is committed, takes it back when the lines return, and tells only that worktree", async () => {
    const { story, fleet, desk, lib } = await open();
    story.git("worktree", "add", "-q", "-b", "agent-c", "../other", "main");
    await look(fleet);
    assert.equal(said(fleet), null);
    const told: (readonly string[])[] = [];
    fleet.onChange(({ changed }) => changed.length > 0 && told.push(changed));

    desk.write(older(story));
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "files: lossy src/shop.ts");
    const { check } = fleet.snapshot.worktrees.find(({ branch }) => branch === "agent-b") ?? {};
    assert.equal(check?.head.oid, story.git("rev-parse", "agent-b"));
    assert.ok(told.length > 0 && told.every((paths) => paths.join() === desk.dir), JSON.stringify(told));

    // Looked at again, and nothing is otherwise: nobody hears of it.
    told.length = 0;
    await look(fleet, desk.dir);
    assert.deepEqual(told, []);
    const again = fleet.snapshot.worktrees.find(({ branch }) => branch === "agent-b")?.check;
    assert.equal(again, check);

    desk.commit("feat: discounts");
    const seen = new Set<string | null>();
    const listening = fleet.onChange(() => seen.add(said(fleet)));
    await look(fleet, desk.dir);
    await look(fleet);
    listening.dispose();
    // What was last said stands until the new answer is there.
    assert.deepEqual([...seen], ["files: lossy src/shop.ts", "commits: lossy src/shop.ts"]);
    desk.write({ "src/shop.ts": lib });
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "files: clean");
    desk.git("checkout", "-q", "--", "src/shop.ts");
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "commits: lossy src/shop.ts");
    fleet.dispose();
  });

  it("reads a worktree's files only after they were touched, and a clean one's never", async () => {
    const { story, fleet, desk } = await open();
    story.git("worktree", "add", "-q", "-b", "agent-c", "../other", "main");
    story.repo.at("../other").commit("feat: c", { "c.ts": "c\n" });
    desk.write(older(story));
    await look(fleet);
    const count = async (action: () => Promise<void>) => (await trees(action)).length;
    assert.equal(await count(() => look(fleet, story.repo.at("../other").dir)), 0);
    assert.equal(await count(() => fleet.check()), 0);
    assert.equal(await count(() => fleet.refresh({ refs: true }).then(() => fleet.check())), 0);
    assert.equal(await count(() => look(fleet, desk.dir)), 1);
    fleet.dispose();
  });

  it("leaves no object, ref, index or file in the repo, and no folder behind", async () => {
    const { story, fleet, desk } = await open();
    const trace = () => [
      story.git("count-objects", "-v"),
      story.git("for-each-ref"),
      readFileSync(path.join(story.repo.dir, ".git/worktrees/desk/index")).toString("hex"),
      readdirSync(path.join(story.repo.dir, ".git/worktrees/desk")).join(),
    ];
    const before = trace();
    desk.write({ ...older(story), "src/new.ts": "export const fresh = 1;\n" });
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "files: lossy src/shop.ts");
    assert.deepEqual(trace(), before);
    const mine = () =>
      readdirSync(tmpdir()).filter((name) => name.startsWith(`.agent-foreman.${process.pid}-`));
    assert.equal(mine().length, 1);
    fleet.dispose();
    while (mine().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("judges a merge that is not committed yet as the merge that it will be", async () => {
    const { story, fleet, desk, lib } = await open("early");
    desk.commit("feat: help", { "src/shop.ts": lib.replace("shop PRICE", "shop [--help] PRICE") });
    assert.throws(() => desk.git("merge", "main"));
    desk.git("checkout", "--ours", "src/shop.ts");
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "files: lossy src/shop.ts");
    const [loss] = fleet.snapshot.worktrees[1]?.check?.losses ?? [];
    assert.match(loss?.evidence[0]?.detail ?? "", /^The merge that is not committed yet brought these lines/);
    desk.git("merge", "--abort");
    await look(fleet, desk.dir);
    await look(fleet);
    assert.equal(said(fleet), "commits: conflict");
    assert.ok(story.git("rev-parse", "main"));
    fleet.dispose();
  });

  it("says that it cannot tell where git cannot read the files, and tells again when it can", async () => {
    const { story, fleet, desk } = await open();
    desk.write(older(story));
    story.git("config", "filter.broken.clean", "false");
    story.git("config", "filter.broken.required", "true");
    desk.write({ ".gitattributes": "src/shop.ts filter=broken\n" });
    await look(fleet, desk.dir);
    assert.equal(said(fleet), null);
    story.git("config", "filter.broken.clean", "cat");
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "files: lossy src/shop.ts");
    fleet.dispose();
  });

  it("looks at the main worktree too, where it has something that the target does not", async () => {
    const { repo } = TestRepo.withOrigin();
    repo.commit("feat: total (#2)", { "total.ts": "export const total = (a: number) => a + 1;\n".repeat(3) });
    repo.git("push", "-q", "origin", "main");
    const opened = await openRepo(repo.dir);
    assert.ok(opened.ok);
    const fleet = new Fleet(opened.value);
    const main = () => fleet.snapshot.worktrees[0]?.check?.verdict ?? null;
    await look(fleet);
    assert.equal(main(), null);
    repo.git("rm", "-q", "total.ts");
    await look(fleet, repo.dir);
    assert.equal(main(), "question");
    repo.commit("chore: more");
    await look(fleet);
    assert.equal(main(), "question");
    assert.equal(fleet.snapshot.worktrees[0]?.check?.worktree, false);
    fleet.dispose();
  });

  it("keeps what was said while the branch moves on, and asks again where it comes back to", async () => {
    const { story, fleet, desk } = await open();
    desk.write(older(story));
    await look(fleet, desk.dir);
    assert.equal(said(fleet), "files: lossy src/shop.ts");

    await fleet.refresh({ paths: [desk.dir] });
    desk.commit("feat: discounts");
    await fleet.check();
    assert.equal(said(fleet), "files: lossy src/shop.ts");

    await fleet.refresh();
    desk.commit("docs: notes", { "notes.md": "more\n" });
    let heard = 0;
    const listening = fleet.onChange(() => heard++);
    await fleet.check();
    listening.dispose();
    assert.equal(heard, 0);
    desk.git("reset", "-q", "--hard", "HEAD~1");
    await look(fleet);
    assert.equal(said(fleet), "commits: lossy src/shop.ts");
    fleet.dispose();
  });
});

/** The trees that git wrote meanwhile. */
async function trees(action: () => Promise<void>): Promise<GitCall[]> {
  const calls: GitCall[] = [];
  const listening = onGitCall((call) => call.args.includes("write-tree") && calls.push(call));
  await action();
  listening.dispose();
  return calls;
}
