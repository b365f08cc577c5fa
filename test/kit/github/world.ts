import path from "node:path";
import { TestRepo, tempDir } from "../repo";
import { Talk, type TestThread } from "./talk";

export type Method = "MERGE" | "SQUASH" | "REBASE";

export interface Pull {
  readonly number: number;
  title: string;
  body: string;
  readonly author: string;
  readonly base: string;
  readonly branch: string;
  /** `owner/name` of where the branch is. */
  readonly from: string;
  state: "OPEN" | "CLOSED" | "MERGED";
  draft: boolean;
  head: string;
  baseOid: string;
  review: "APPROVED" | "CHANGES_REQUESTED" | "REVIEW_REQUIRED" | null;
  autoMerge: Method | null;
  mergeCommit: string | null;
  updatedAt: string;
}

export interface Check {
  readonly oid: string;
  readonly name: string;
  /** Null: it runs. */
  conclusion: "SUCCESS" | "FAILURE" | "NEUTRAL" | null;
  /** Of GitHub Actions; null: it was posted as a commit status. */
  readonly run: number | null;
  /** What a commit status says besides. */
  readonly description?: string | undefined;
}

/** A repo on a GitHub: its pull requests in memory, its git a real bare repo whose refs the server really moves. */
export class World {
  readonly owner = "ann";
  readonly name = "tracker";
  readonly origin: TestRepo;
  readonly root: string;
  readonly pulls: Pull[] = [];
  readonly checks: Check[] = [];
  readonly talk = new Talk(this);
  readonly templates: { filename: string; body: string }[] = [];
  /** Tickets by number, with their texts. */
  readonly issues = new Map<number, string>();
  /** Checks without which nothing merges. */
  required: string[] = [];
  readonly rulesets: (Record<string, unknown> & { id: number })[] = [];
  autoMergeAllowed = true;
  methods: readonly Method[] = ["SQUASH", "MERGE", "REBASE"];
  deleteBranchOnMerge = true;
  /** The name before it was renamed, under which it is still found. */
  formerly: string | null = null;
  /** Git is let in with a password only, which nobody has. */
  locked = false;
  /** The sign-in may not see checks; and these pull requests not at all. */
  blind = false;
  readonly hidden = new Set<number>();
  private seconds = 0;
  private readonly trees = new Map<string, string | null>();

  constructor(root = tempDir()) {
    this.root = root;
    this.origin = TestRepo.init(path.join(root, this.owner, `${this.name}.git`), "--bare");
    this.origin.git("config", "http.receivepack", "true");
  }

  get slug(): string {
    return `${this.owner}/${this.name}`;
  }

  open(branch: string, options: Partial<Pull> = {}): Pull {
    const { base = "main", from = this.slug } = options;
    const pull: Pull = {
      number: this.pulls.length + 1,
      title: branch,
      body: "",
      author: this.owner,
      base,
      branch,
      from,
      state: "OPEN",
      draft: false,
      head: options.head ?? this.tip(branch) ?? "",
      baseOid: this.tip(base) ?? "",
      review: null,
      autoMerge: null,
      mergeCommit: null,
      updatedAt: this.now(),
      ...options,
    };
    this.pulls.push(pull);
    this.sync();
    return pull;
  }

  /** Sets how a check of a commit stands; null: it runs. */
  check(
    oid: string,
    name: string,
    conclusion: Check["conclusion"],
    run: number | null = 7,
    description?: string,
  ): void {
    const at = this.checks.findIndex((each) => each.oid === oid && each.name === name);
    const check = { oid, name, conclusion, run, description };
    if (at < 0) this.checks.push(check);
    else this.checks[at] = { ...check, run: this.checks[at]?.run ?? null };
    this.sync();
  }

  find(number: number): Pull | undefined {
    return this.pulls.find((pull) => pull.number === number);
  }

  checksOf(pull: Pull): Check[] {
    return this.checks.filter(({ oid }) => oid === pull.head);
  }

  mergeable(pull: Pull): "MERGEABLE" | "CONFLICTING" {
    return this.mergedTree(pull) === null ? "CONFLICTING" : "MERGEABLE";
  }

  mergeState(pull: Pull): "DRAFT" | "DIRTY" | "BLOCKED" | "UNSTABLE" | "CLEAN" {
    const checks = this.checksOf(pull);
    const good = (name: string) => checks.some((each) => each.name === name && each.conclusion === "SUCCESS");
    if (pull.draft) return "DRAFT";
    if (this.mergedTree(pull) === null) return "DIRTY";
    if (!this.required.every(good) || pull.review === "CHANGES_REQUESTED") return "BLOCKED";
    return checks.every(({ conclusion }) => conclusion === "SUCCESS" || conclusion === "NEUTRAL")
      ? "CLEAN"
      : "UNSTABLE";
  }

  /** Merges as the server does: a real commit on the base, and the branch deleted. */
  merge(pull: Pull, method: Method): void {
    const tree = this.mergedTree(pull);
    if (tree === null || pull.state !== "OPEN") throw new Error(`#${pull.number} does not merge`);
    const base = this.tip(pull.base) ?? "";
    const parents = method === "MERGE" ? ["-p", base, "-p", pull.head] : ["-p", base];
    const oid = this.origin.git("commit-tree", tree, ...parents, "-m", `${pull.title} (#${pull.number})`);
    this.origin.git("update-ref", `refs/heads/${pull.base}`, oid, base);
    Object.assign(pull, { state: "MERGED", mergeCommit: oid, autoMerge: null, updatedAt: this.now() });
    if (this.deleteBranchOnMerge && pull.from === this.slug)
      this.origin.git("update-ref", "-d", `refs/heads/${pull.branch}`);
  }

  /** Merges the base into the branch, as the button of a pull request does. */
  update(pull: Pull): void {
    const tree = this.mergedTree(pull);
    const base = this.tip(pull.base);
    if (tree === null || !base) throw new Error(`#${pull.number} does not merge`);
    const message = `Merge branch '${pull.base}' into ${pull.branch}`;
    const oid = this.origin.git("commit-tree", tree, "-p", pull.head, "-p", base, "-m", message);
    this.origin.git("update-ref", `refs/heads/${pull.branch}`, oid, pull.head);
    this.sync();
  }

  /** What GitHub does by itself: follows pushes, and merges what is armed and ready. */
  sync(): void {
    const refs = this.refs();
    for (const pull of this.pulls) {
      if (pull.state !== "OPEN") continue;
      const tip = pull.from === this.slug ? refs.get(`refs/heads/${pull.branch}`) : pull.head;
      if (tip && tip !== pull.head) Object.assign(pull, { head: tip, updatedAt: this.now() });
      pull.baseOid = refs.get(`refs/heads/${pull.base}`) ?? pull.baseOid;
      const own = `refs/pull/${pull.number}/head`;
      if (refs.get(own) !== pull.head) this.origin.git("update-ref", own, pull.head);
      if (!pull.autoMerge || this.mergeState(pull) !== "CLEAN") continue;
      this.merge(pull, pull.autoMerge);
      this.sync();
      return;
    }
  }

  /** Whether a commit still has the lines that a thread was made at, where they were. */
  sameLines({ path: file, commit, startLine, line }: TestThread, head: string): boolean {
    const lines = (oid: string) =>
      this.origin
        .git("show", `${oid}:${file}`)
        .split("\n")
        .slice((startLine ?? line ?? 1) - 1, line ?? undefined)
        .join("\n");
    return lines(commit) === lines(head);
  }

  touch(pull: Pull): void {
    pull.updatedAt = this.now();
  }

  tip(branch: string): string | null {
    return this.refs().get(`refs/heads/${branch}`) ?? null;
  }

  private refs(): Map<string, string> {
    const lines = this.origin.git("for-each-ref", "--format=%(refname) %(objectname)").split("\n");
    return new Map(lines.map((line) => line.split(" ") as [string, string]));
  }

  private mergedTree(pull: Pull): string | null {
    const key = `${pull.baseOid} ${pull.head}`;
    const known = this.trees.get(key);
    if (known !== undefined) return known;
    let tree: string | null = null;
    try {
      tree = this.origin.git("merge-tree", "--write-tree", pull.baseOid, pull.head).split("\n")[0] ?? null;
    } catch {
      // in conflict
    }
    this.trees.set(key, tree);
    return tree;
  }

  /** Each thing that happens has a time of its own. */
  private now(): string {
    return new Date(Date.UTC(2026, 0, 1) + this.seconds++ * 1000).toISOString().replace(".000", "");
  }
}
