import type { Oid } from "../model/worktree";
import type { Branch } from "./branch";
import type { Proof } from "./plan";

/** How a commit came into the target. */
export interface Arrival {
  readonly as: Oid;
  /** Its place among the landings; null when the target got it by a way beside its first-parent line. */
  readonly index: number | null;
  readonly proof: Proof;
}

/** What is proven so far of one branch. */
export class Arrivals {
  private readonly of = new Map<Oid, Arrival>();
  private readonly born: ReadonlySet<Oid>;

  /** `quiet`: merges that hold nothing but what git itself makes of their parents. */
  constructor(
    private readonly branch: Branch,
    private readonly quiet: ReadonlySet<Oid>,
  ) {
    this.born = new Set(branch.plain.filter(({ changes }) => changes.length === 0).map(({ oid }) => oid));
  }

  get(oid: Oid): Arrival | undefined {
    return this.of.get(oid);
  }

  note(oids: Iterable<Oid>, arrival: Arrival): void {
    for (const oid of oids) if (!this.of.has(oid)) this.of.set(oid, arrival);
  }

  /** Nothing is left to prove about it. */
  isSettled(oid: Oid): boolean {
    return this.of.has(oid) || this.quiet.has(oid) || this.isEmpty(oid);
  }

  get allSettled(): boolean {
    return this.branch.own.every(({ oid }) => this.isSettled(oid));
  }

  /** It was committed without any change. */
  isEmpty(oid: Oid): boolean {
    return this.born.has(oid);
  }

  /** The last place on the branch's line up to which everything is settled; -1 when not even the first commit is. */
  get frontier(): number {
    const line = this.branch.line;
    const first = line.findIndex(
      ({ oid }) => ![...this.branch.upTo(oid)].every((own) => this.isSettled(own)),
    );
    return first < 0 ? line.length - 1 : first - 1;
  }
}
