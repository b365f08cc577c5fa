import type { NamedRevert } from "../git/namedReverts";
import type { Oid } from "../model/worktree";
import type { Arrival } from "./arrivals";
import { type Effect, reversed, treesEffect } from "./effect";
import { firstWith, placeOf, stands } from "./introduce";
import type { Lab } from "./lab";
import type { Landings } from "./landings";

type TreesEffect = Effect & { readonly kind: "trees" };

/** Whether what came in was taken back later, by content, by a file put back as it was, or by a commit's own words. */
export class TakenBack {
  private readonly landingsBack = new Map<number, Promise<boolean>>();

  /** `namedReverts` is asked only when the content alone does not tell. */
  constructor(
    private readonly lab: Lab,
    private readonly landings: Landings,
    private readonly namedReverts: () => Promise<readonly NamedRevert[]>,
  ) {}

  /** `effect` is null where only the landing as a whole can be asked about. */
  async isBack(commit: Oid, effect: TreesEffect | null, arrival: Arrival): Promise<boolean> {
    const tip = placeOf(this.landings, this.landings.tip);
    if (effect && (await stands(this.lab, effect, tip))) return false;
    const { index } = arrival;
    if (effect && (await this.effectIsBack(effect, index ?? 0))) return true;
    if (index !== null && ((await this.landingIsBack(index)) || this.fileIsBack(effect, index))) return true;
    return (await this.isNamed([commit, arrival.as])) || (index !== null && this.titleIsBack(index));
  }

  /** The whole landing was undone. */
  landingIsBack(index: number): Promise<boolean> {
    const known = this.landingsBack.get(index);
    if (known) return known;
    const { tree, changes } = this.landings.at(index);
    const asked = this.effectIsBack(treesEffect(this.landings.at(index - 1).tree, tree, changes), index);
    this.landingsBack.set(index, asked);
    return asked;
  }

  /** Undone after `since`, and not done again after that. */
  private async effectIsBack(effect: TreesEffect, since: number): Promise<boolean> {
    for (let at = since; ; ) {
      const undone = await firstWith(this.lab, this.landings, reversed(effect), at);
      if (!undone) return false;
      const again = await firstWith(this.lab, this.landings, effect, undone.index);
      if (!again) return true;
      at = again.index;
    }
  }

  /** A file that the landing edited has today the very content that it had before the landing. */
  private fileIsBack(effect: Effect | null, index: number): boolean {
    const paths = effect && new Set(effect.changes.map(({ path }) => path));
    return this.landings.at(index).changes.some(({ path, old, new: entry }) => {
      if (!old || !entry || old.oid === entry.oid || (paths && !paths.has(path))) return false;
      return this.landings.entryAt({ path, new: entry }, index, this.landings.tip)?.oid === old.oid;
    });
  }

  private async isNamed(oids: readonly Oid[]): Promise<boolean> {
    const reverts = await this.namedReverts();
    const takenBack = (oid: Oid, depth = 0): boolean =>
      depth < reverts.length &&
      reverts.some(
        ({ by, names }) => names.some((name) => oid.startsWith(name)) && !takenBack(by, depth + 1),
      );
    return oids.some((oid) => takenBack(oid));
  }

  private titleIsBack(index: number): boolean {
    const title = `Revert "${this.landings.at(index).subject}"`;
    for (let at = index + 1; at <= this.landings.tip; at++) {
      if (this.landings.at(at).subject.startsWith(title)) return true;
    }
    return false;
  }
}
