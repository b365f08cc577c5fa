import type { Oid } from "../model/worktree";
import { RawLogReader } from "./rawChanges";
import { inBlocks, landedOptions, RawCommit, rawLogArguments } from "./rawLog";
import type { Repo } from "./repo";
import { GitError, runBytes } from "./run";

/**
 * What landed on a branch, newest first, read from its tip on while it is not yet known how far back it matters. Whoever
 * opens one stops it.
 */
export class LandingStream {
  private readonly reader = new RawLogReader();
  private readonly commits: RawCommit[] = [];
  private readonly enough = new AbortController();
  private readonly places = new Map<Oid, number>();
  private readonly reading: Promise<void>;
  private ended = false;
  private heed: () => void = () => undefined;

  /** No more than `most` are read. */
  constructor(repo: Repo, tip: Oid, most: number, signal?: AbortSignal) {
    this.reading = this.read(repo, tip, most, signal).finally(() => {
      this.ended = true;
      this.heed();
    });
    // Whoever waits for something hears of it.
    this.reading.catch(() => undefined);
  }

  /** Where all of some commits are, the tip being at 0; null where not all are among the newest `patience`. */
  async placesOf(oids: readonly Oid[], patience: number): Promise<ReadonlyMap<Oid, number> | null> {
    const areThere = () => oids.every((oid) => this.places.has(oid));
    await this.until(() => areThere() || this.places.size > patience);
    return areThere() ? this.places : null;
  }

  /** The newest `count`, and the one below them, of which nothing is said but what it is; then git is stopped. */
  async newest(count: number): Promise<{ landings: RawCommit[]; below: RawCommit | null }> {
    // Only when the next one begins is it known that all of one has been told.
    await this.until(() => this.commits.length > count);
    this.stop();
    // What git cannot read of a history that nobody asks for is nobody's trouble.
    if (this.commits.length <= count) await this.reading;
    const below = this.commits[count];
    return { landings: this.commits.slice(0, count), below: below?.start ?? null };
  }

  stop(): void {
    this.enough.abort();
  }

  /** One waits at a time; until then, or until the end. */
  private async until(isSo: () => boolean): Promise<void> {
    while (!this.ended && !isSo())
      await new Promise<void>((resolve) => {
        this.heed = resolve;
      });
  }

  private async read(repo: Repo, tip: Oid, most: number, signal: AbortSignal | undefined): Promise<void> {
    const args = rawLogArguments([...landedOptions, `--max-count=${most}`]);
    const stop = signal ? AbortSignal.any([signal, this.enough.signal]) : this.enough.signal;
    const result = await runBytes(repo.dir, args, {
      input: `${tip}\n`,
      signal: stop,
      env: inBlocks,
      onStdout: (bytes) => {
        this.reader.take(bytes.toString("latin1"));
        // The last one's changes are filled in as they come.
        for (const record of this.reader.records.slice(this.commits.length)) {
          const commit = new RawCommit(record);
          this.places.set(commit.oid, this.commits.push(commit) - 1);
        }
        this.heed();
      },
    });
    if (result.exitCode !== 0 && !this.enough.signal.aborted)
      throw new GitError(args, { ...result, stdout: "" });
  }
}
