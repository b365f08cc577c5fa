import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Repo } from "../../src/git/repo";
import type { Outcome } from "../../src/model/outcome";
import type { RecoverDocument } from "../../src/model/recovery";
import { abortRecovery } from "../../src/recovery/abort";
import type { Recovery } from "../../src/recovery/document";
import type { RecoverRequest } from "../../src/recovery/prepare";
import { continueRecovery } from "../../src/recovery/resume";
import { recoverBranch } from "../../src/recovery/start";
import { readFolder } from "../kit/folder";
import { TestRepo } from "../kit/repo";
import { History } from "../landing/history";

export { numbered } from "../landing/history";

/** A program with an origin, and a branch `feature` of it that is checked out in a worktree of its own. */
export class Stale {
  readonly h = new History();
  readonly origin: TestRepo;
  /** Where `feature` is checked out, once `desk` was called. */
  readonly tree: TestRepo;

  constructor() {
    const { repo } = this.h;
    this.origin = TestRepo.init(path.join(path.dirname(repo.dir), "origin.git"), "--bare");
    repo.git("remote", "add", "origin", this.origin.dir);
    repo.git("config", "user.name", "Per Son");
    repo.git("config", "user.email", "person@example.com");
    this.tree = repo.at(`${repo.dir}-stale`);
  }

  /** Pushes main, goes back to it, and gives `feature` its worktree. */
  desk(): this {
    const { repo } = this.h;
    repo.git("checkout", "-q", "main");
    repo.git("push", "-q", "origin", "main");
    repo.git("remote", "set-head", "origin", "main");
    repo.git("worktree", "add", "-q", this.tree.dir, "feature");
    return this;
  }

  get dir(): string {
    return this.h.repo.dir;
  }

  /** The new worktree. */
  get fresh(): TestRepo {
    return this.h.repo.at(path.join(`${this.dir}.worktrees`, "feature-2"));
  }

  open(): Promise<Repo> {
    return this.h.open();
  }

  async recover(more: Partial<RecoverRequest> = {}): Promise<RecoverDocument> {
    return told(await this.try(more));
  }

  async try(more: Partial<RecoverRequest> = {}): Promise<Outcome<Recovery>> {
    return recoverBranch(await this.open(), { branch: "feature", newBranch: "feature-2", ...more });
  }

  async goOn(how: "continue" | "skip" | "abort"): Promise<Outcome<Recovery>> {
    const repo = await this.open();
    return how === "abort"
      ? abortRecovery(repo, "feature")
      : continueRecovery(repo, "feature", { skip: how === "skip" });
  }

  /** Subjects on the new branch since main, newest first. */
  get subjects(): string[] {
    return lines(this.h.repo.git("log", "--format=%s", "origin/main..feature-2"));
  }

  /** All of the stale branch, byte for byte: its worktree, what git keeps of that, its refs and its settings. */
  untouched(): unknown {
    const git = path.join(this.dir, ".git");
    const admin = path.join(git, "worktrees", path.basename(this.tree.dir));
    return {
      files: existsSync(this.tree.dir) ? readFolder(this.tree.dir) : null,
      admin: existsSync(admin) ? readFolder(admin) : null,
      refs: lines(this.h.repo.git("for-each-ref")).filter((line) =>
        /refs\/heads\/(feature|main)$/.test(line),
      ),
      reflog: readFileSync(path.join(git, "logs/refs/heads/feature"), "utf8"),
      main: readFolder(this.dir),
      remote: this.origin.git("for-each-ref"),
    };
  }

  /** What a recovery could leave behind: refs, worktrees, settings, and notes of operations. */
  traces(): unknown {
    const git = path.join(this.dir, ".git");
    const notes = path.join(git, "agent-foreman");
    return {
      refs: this.h.repo.git("for-each-ref", "refs/heads", "refs/agent-foreman"),
      worktrees: this.h.repo.git("worktree", "list", "--porcelain"),
      admin: names(path.join(git, "worktrees")),
      config: readFileSync(path.join(git, "config"), "utf8"),
      around: names(path.dirname(this.dir)),
      locks: readdirSync(git, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".lock")),
      recoveries: names(path.join(notes, "recoveries")),
      pending: names(path.join(notes, "pending")),
    };
  }
}

export function told(outcome: Outcome<Recovery>): RecoverDocument {
  assert.ok(outcome.ok, outcome.ok ? "" : `${outcome.refusal.code}: ${outcome.refusal.message}`);
  return outcome.value.document;
}

export function codeOf(outcome: Outcome<Recovery>): string {
  return outcome.ok ? outcome.value.document.state : outcome.refusal.code;
}

export function fates({ commits }: RecoverDocument): string[] {
  return commits.map(({ fate, subject }) => `${fate} ${subject}`);
}

function names(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir).sort() : [];
}

function lines(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}
