import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import type { Oid } from "../model/worktree";
import { environmentOf } from "./environment";
import { GitError } from "./run";
import { traceGit } from "./trace";

/** An object as git has it; `bytes` is null where it is larger than was asked for. */
export interface GitObject {
  readonly oid: Oid;
  readonly type: string;
  readonly bytes: Buffer | null;
}

/** Told of each answer in turn: the place of its name, and the object (null: there is none). */
type OnObject = (place: number, object: GitObject | null) => void;

interface Question {
  /** One character a byte. */
  readonly names: readonly string[];
  readonly maxBytes: number;
  readonly onObject: OnObject;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
  /** How many are answered. */
  answered: number;
}

const args = ["--git-dir=.", "cat-file", "--batch-command", "--buffer", "-z"];

/** Reads objects of one git directory through a git that stays until `end`: most starts take longer than the answers. */
export class ObjectReader {
  private git: ChildProcessWithoutNullStreams | null = null;
  private parser: ObjectParser | null = null;
  private closed: Promise<void> = Promise.resolve();
  private over = false;

  /** `place` is asked for the directory when something is to be read. */
  constructor(private readonly place: () => Promise<string>) {}

  /**
   * Asks for objects by whatever names git knows them, one character a byte. Throws GitError where git ends before all are
   * answered, or `signal` ends the waiting; others may wait for the same git.
   */
  async read(
    names: readonly string[],
    maxBytes: number,
    onObject: OnObject,
    signal?: AbortSignal,
  ): Promise<void> {
    const stopped = new GitError(args, { exitCode: null, stdout: "", stderr: "" });
    if (signal?.aborted || this.over) throw stopped;
    if (names.length === 0) return;
    const dir = await this.place();
    if (signal?.aborted || this.over) throw stopped;
    const { git, parser } = this.started(dir);
    let stop = (): void => undefined;
    try {
      await new Promise<void>((done, fail) => {
        stop = () => fail(stopped);
        signal?.addEventListener("abort", stop, { once: true });
        const tell: OnObject = (place, object) => {
          if (!signal?.aborted) onObject(place, object);
        };
        parser.expect({ names, maxBytes, onObject: tell, done, fail, answered: 0 });
        const commands = names.map((name) => `contents ${name}\0`).join("");
        // Where no file can be opened any more there are no pipes, whatever the types say; the end of it is told then.
        const { stdin } = git as Partial<typeof git>;
        stdin?.write(Buffer.from(`${commands}flush\0`, "latin1"));
      });
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Stops git, and starts none again; resolves when it has let go of the folder. */
  async end(): Promise<void> {
    this.over = true;
    this.git?.kill();
    await this.closed;
  }

  private started(dir: string): { git: ChildProcessWithoutNullStreams; parser: ObjectParser } {
    if (this.git && this.parser) return { git: this.git, parser: this.parser };
    const began = performance.now();
    const git = spawn("git", args, { cwd: dir, env: environmentOf(), windowsHide: true });
    const parser = new ObjectParser();
    let errors = "";
    this.closed = new Promise((resolve) => {
      const over = (exitCode: number | null, why: string) => {
        // One that could not be started tells of both.
        if (this.git !== git) return;
        this.git = null;
        traceGit(dir, args, exitCode, began);
        parser.end(new GitError(args, { exitCode, stdout: "", stderr: why }));
        resolve();
      };
      git.on("error", ({ message }) => over(null, message));
      git.on("close", (exitCode) => over(exitCode, errors));
    });
    const { stdin, stdout, stderr } = git as Partial<typeof git>;
    stderr?.on("data", (data: Buffer) => {
      errors = (errors + data).slice(-4_000);
    });
    stdout?.on("data", (data: Buffer) => parser.take(data));
    stdin?.on("error", () => undefined);
    [this.git, this.parser] = [git, parser];
    return { git, parser };
  }
}

/**
 * Takes in what `git cat-file --batch-command` says, piece by piece, so that a large file is never in memory as a whole.
 * Each name in turn has one answer: `<id> <type> <size>\n<that many bytes>\n`, or `<name> missing\n`.
 */
export class ObjectParser {
  private readonly questions: Question[] = [];
  private heading = "";
  private oid = "";
  private type = "";
  /** What is to come of a content, with the line break after it. */
  private left = 0;
  /** Null: it is passed over. */
  private kept: Buffer[] | null = null;
  private ended: Error | null = null;

  expect(question: Question): void {
    if (this.ended) question.fail(this.ended);
    else this.questions.push(question);
  }

  take(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.left > 0) {
        const piece = bytes.subarray(at, at + this.left);
        at += piece.length;
        this.left -= piece.length;
        this.kept?.push(piece);
        if (this.left > 0) continue;
        this.answer({
          oid: this.oid,
          type: this.type,
          bytes: this.kept && Buffer.concat(this.kept).subarray(0, -1),
        });
        continue;
      }
      const end = bytes.indexOf(0x0a, at);
      this.heading += bytes.toString("latin1", at, end < 0 ? bytes.length : end);
      at = end < 0 ? bytes.length : end + 1;
      if (end >= 0) this.begin();
    }
  }

  end(error: Error): void {
    this.ended = error;
    for (const { fail } of this.questions.splice(0)) fail(error);
  }

  private begin(): void {
    const [question] = this.questions;
    const missing = `${question?.names[question.answered]} missing`;
    // A name may have line breaks.
    if (missing.startsWith(`${this.heading}\n`)) {
      this.heading += "\n";
      return;
    }
    const [oid = "", type = "", size] = this.heading.split(" ");
    const isMissing = this.heading === missing || size === undefined;
    this.heading = "";
    if (isMissing) {
      this.answer(null);
      return;
    }
    [this.oid, this.type] = [oid, type];
    this.left = Number(size) + 1;
    this.kept = Number(size) <= (question?.maxBytes ?? 0) ? [] : null;
  }

  private answer(object: GitObject | null): void {
    const [question] = this.questions;
    if (!question) return;
    question.onObject(question.answered++, object);
    if (question.answered < question.names.length) return;
    this.questions.shift();
    question.done();
  }
}
