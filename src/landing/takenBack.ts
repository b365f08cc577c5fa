import type { NamedRevert } from "../git/namedReverts";
import type { Oid } from "../model/worktree";
import type { Arrival } from "./arrivals";
import { type Effect, reversed, treesEffect } from "./effect";
import { firstWith, hasEffect } from "./introduce";
import type { Lab } from "./lab";
import type { Landings } from "./landings";

type TreesEffect = Effect & { readonly kind: "trees" };

/** Whether what came in was taken back later, by content, by a file put back as it was, or by a commit's own words. */
export class TakenBack {
  private readonly landingsStanding = new Map<number, Promise<boolean>>();
  private readonly landingsUndone = new Map<number, Promise<number | null>>();

  /** `namedReverts` is asked only when the content alone does not tell. */
  constructor(
    private readonly lab: Lab,
    private readonly landings: Landings,
    private readonly namedReverts: () => Promise<readonly NamedRevert[]>,
  ) {}

  /**
   * `effect` is null where only the landing as a whole can be asked about. `successors`: landings with which later
   * commits of the same branch came in; what they take back, the branch took back itself. So it did where a later commit of
   * it gave a file the same content, as `putBack` says by path and blob, though only a part of that commit came in.
   */
  async isBack(
    commit: Oid,
    effect: TreesEffect | null,
    arrival: Arrival,
    successors: () => ReadonlySet<number> = () => new Set(),
    putBack: (path: string, blob: Oid) => boolean = () => false,
  ): Promise<boolean> {
    const { index } = arrival;
    if (index !== null && (await this.landingStands(index))) return false;
    if (effect && (await this.stands(effect))) return false;
    const undone =
      (effect && (await this.undoneBy(effect, index ?? 0))) ??
      (index === null
        ? null
        : ((await this.landingUndoneBy(index)) ?? this.fileBackBy(effect, index, putBack)));
    const later = successors();
    if (undone !== null) return !later.has(undone);
    const foreign = (by: Oid): boolean => !later.has(this.landings.indexOf(by) ?? -1);
    return (
      (await this.isNamed([commit, arrival.as], foreign)) ||
      (index !== null && this.titleIsBack(index, foreign))
    );
  }

  /** The target has today all that the landing brought. */
  private landingStands(index: number): Promise<boolean> {
    return once(this.landingsStanding, index, () => this.stands(this.effectOf(index)));
  }

  /** The landing that undid another one as a whole. */
  private landingUndoneBy(index: number): Promise<number | null> {
    return once(this.landingsUndone, index, () => this.undoneBy(this.effectOf(index), index));
  }

  private effectOf(index: number): TreesEffect {
    const { tree, changes } = this.landings.at(index);
    return treesEffect(this.landings.at(index - 1).tree, tree, changes);
  }

  private async stands(effect: TreesEffect): Promise<boolean> {
    return (await hasEffect(this.lab, this.landings, effect, this.landings.tip)) === "yes";
  }

  /** The landing that undid an effect after `since`, where it was not done again after that. */
  private async undoneBy(effect: TreesEffect, since: number): Promise<number | null> {
    for (let at = since; ; ) {
      const undone = await firstWith(this.lab, this.landings, reversed(effect), at);
      if (!undone) return null;
      const again = await firstWith(this.lab, this.landings, effect, undone.index);
      if (!again) return undone.index;
      at = again.index;
    }
  }

  /** The landing that gave a file, which this one edited, the very content again that it had before. */
  private fileBackBy(
    effect: Effect | null,
    index: number,
    putBack: (path: string, blob: Oid) => boolean,
  ): number | null {
    const paths = effect && new Set(effect.changes.map(({ path }) => path));
    for (const { path, old, new: entry } of this.landings.at(index).changes) {
      if (!old || !entry || old.oid === entry.oid || (paths && !paths.has(path))) continue;
      const last = this.landings.touchesAfter({ path, new: entry }, index).at(-1);
      if (last?.entry?.oid === old.oid && !putBack(path, old.oid)) return last.index;
    }
    return null;
  }

  private async isNamed(oids: readonly Oid[], foreign: (by: Oid) => boolean): Promise<boolean> {
    const reverts = (await this.namedReverts()).filter(({ by }) => foreign(by));
    const takenBack = (oid: Oid, depth = 0): boolean =>
      depth < reverts.length &&
      reverts.some(
        ({ by, names }) => names.some((name) => oid.startsWith(name)) && !takenBack(by, depth + 1),
      );
    return oids.some((oid) => takenBack(oid));
  }

  private titleIsBack(index: number, foreign: (by: Oid) => boolean): boolean {
    const title = `Revert "${this.landings.at(index).subject}"`;
    for (let at = index + 1; at <= this.landings.tip; at++) {
      const { oid, subject } = this.landings.at(at);
      if (subject.startsWith(title) && foreign(oid)) return true;
    }
    return false;
  }
}

function once<Key, Value>(
  known: Map<Key, Promise<Value>>,
  key: Key,
  ask: () => Promise<Value>,
): Promise<Value> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}
