import path from "node:path";
import * as vscode from "vscode";
import type { Repo } from "../../git/repo";
import { findGaps, type Gap, numbers } from "../../losses/restore/gaps";
import type { CheckDocument } from "../../model/check";
import type { Fleets } from "../fleets";
import { blobUri, readBlobText } from "./blobs";
import { hasLines, type Mark, marksOf, shownPath } from "./mark";
import { shiftLine, type TextChange } from "./shift";

/** A mark, where its lines are missing in the document now, and the lines as far as they are known. */
export interface Placed {
  readonly mark: Mark;
  readonly repo: Repo;
  readonly uri: vscode.Uri;
  /** Null: the lines of the target's file are not known, because nobody looks at this document. */
  readonly target: readonly string[] | null;
  readonly gaps: readonly Gap[];
}

// Long enough for a word to be typed.
const quietMs = 250;

/**
 * Where everything that would be lost is shown, by document. Follows the checks as they come, and the text of open
 * documents as it is typed: by shifting at once, and by comparing with the target's file when typing pauses.
 */
export class Places implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<readonly vscode.Uri[]>();
  /** Documents whose places are others now. */
  readonly onDidChange = this.changes.event;
  private said: readonly (CheckDocument | null)[] = [];
  private byUri = new Map<string, readonly Placed[]>();
  private readonly typing = new Map<string, NodeJS.Timeout>();
  private readonly owned: vscode.Disposable[];

  constructor(
    private readonly fleets: Fleets,
    private readonly uriOf: (file: string) => vscode.Uri,
  ) {
    this.owned = [
      this.changes,
      fleets.onDidChange(() => this.update()),
      vscode.workspace.onDidOpenTextDocument((document) => void this.look(document)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
        this.type(document, contentChanges),
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
    ];
    this.update();
  }

  dispose(): void {
    for (const each of this.typing.values()) clearTimeout(each);
    for (const each of this.owned) each.dispose();
  }

  at(uri: vscode.Uri): readonly Placed[] {
    return this.byUri.get(uri.toString()) ?? [];
  }

  /** Where a mark is; where the check has it, if it came just now. */
  of(mark: Mark): Pick<Placed, "uri" | "gaps"> {
    const key = keyOf(mark);
    return (
      this.all().find((placed) => keyOf(placed.mark) === key) ?? {
        uri: this.uriOf(mark.worktree.path),
        gaps: [],
      }
    );
  }

  all(): Placed[] {
    return [...this.byUri.values()].flat();
  }

  /** Takes over what the checks say now; what they say as before keeps its place. */
  private update(): void {
    const all = this.fleets.all.flatMap(({ repo, snapshot }) =>
      snapshot.worktrees.map((worktree) => ({ repo, worktree })),
    );
    const said = all.map(({ worktree }) => worktree.check);
    if (said.length === this.said.length && said.every((check, i) => check === this.said[i])) return;
    this.said = said;
    const before = this.byUri;
    const known = new Known([...before.values()].flat());
    const now = new Map<string, Placed[]>();
    for (const { repo, worktree } of all)
      for (const mark of marksOf(worktree)) {
        const placed = this.place(mark, repo, known);
        const key = placed.uri.toString();
        now.set(key, [...(now.get(key) ?? []), placed]);
      }
    this.byUri = now;
    const uris = new Map<string, vscode.Uri>();
    for (const [key, placed] of [...before, ...now]) {
      const [old, next] = [before.get(key) ?? [], now.get(key) ?? []];
      const same = old.length === next.length && next.every((each, i) => each === old[i]);
      const uri = placed[0]?.uri;
      if (!same && uri) uris.set(key, uri);
    }
    if (uris.size > 0) this.changes.fire([...uris.values()]);
    for (const document of vscode.workspace.textDocuments)
      if (uris.has(document.uri.toString())) void this.look(document);
  }

  /** Where an open document has it, else where the check says that it is. */
  private place(mark: Mark, repo: Repo, known: Known): Placed {
    const old = known.same(mark);
    if (old && JSON.stringify(old.mark) === JSON.stringify(mark)) return old;
    const file = shownPath(mark);
    const { deletion, worktree, base } = mark;
    const uri =
      file === null
        ? blobUri(worktree.path, deletion.path, base.oid)
        : this.uriOf(path.join(worktree.path, file));
    const at = file === null ? 0 : (deletion.headLine ?? 0);
    const target = known.target(mark);
    const first = { mark, repo, uri, target, gaps: [{ at, until: at, lines: [] }] };
    const document = target && documentAt(uri);
    return document ? { ...first, gaps: gapsIn(document, first) } : first;
  }

  /** Reads the target's file for an open document, and finds the places in what the document says now. */
  private async look(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    const unread = this.at(document.uri).filter(({ mark, target }) => target === null && hasLines(mark));
    const texts = new Map<Placed["mark"]["deletion"], readonly string[]>();
    await Promise.all(
      unread.map(async ({ mark, repo }) => {
        const { base, deletion } = mark;
        const read = await readBlobText(repo, base.oid, deletion.path, document.uri);
        if ("text" in read) texts.set(deletion, linesOf(read.text));
      }),
    );
    // A newer check may have come meanwhile.
    const placed = this.at(document.uri).map((each) => {
      const target = each.target ?? texts.get(each.mark.deletion) ?? null;
      return target === each.target ? each : { ...each, target };
    });
    if (placed.length > 0) this.byUri.set(key, placed);
    if (!document.isClosed) this.find(document, texts.size > 0);
  }

  /** Finds the places anew, and tells where that changed any. */
  private find(document: vscode.TextDocument, tell: boolean): void {
    const placed = this.at(document.uri);
    const now = placed.map((each) => {
      const gaps = gapsIn(document, each);
      return JSON.stringify(gaps) === JSON.stringify(each.gaps) ? each : { ...each, gaps };
    });
    const changed = now.some((each, i) => each !== placed[i]);
    if (changed) this.byUri.set(document.uri.toString(), now);
    if (changed || tell) this.changes.fire([document.uri]);
  }

  private type(document: vscode.TextDocument, changes: readonly TextChange[]): void {
    const key = document.uri.toString();
    const placed = this.byUri.get(key);
    if (!placed || changes.length === 0) return;
    this.byUri.set(
      key,
      placed.map((each) => ({ ...each, gaps: each.gaps.map((gap) => shiftGap(gap, changes)) })),
    );
    this.stopTyping(key);
    const timer = setTimeout(() => {
      this.typing.delete(key);
      this.find(document, false);
    }, quietMs);
    this.typing.set(key, timer);
  }

  /** What was typed there and not saved is gone with the document. */
  private forget(uri: vscode.Uri): void {
    const key = uri.toString();
    this.stopTyping(key);
    const placed = this.byUri.get(key);
    if (!placed) return;
    this.byUri.set(
      key,
      placed.map(({ mark, repo }) => this.place(mark, repo, new Known([]))),
    );
    this.changes.fire([uri]);
  }

  private stopTyping(key: string): void {
    clearTimeout(this.typing.get(key));
    this.typing.delete(key);
  }
}

/** The lines of a file as git counts them. */
export function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.replace(/\r$/, ""));
}

function shiftGap(gap: Gap, changes: readonly TextChange[]): Gap {
  const at = shiftLine(gap.at, changes);
  return { ...gap, at, until: Math.max(at, shiftLine(gap.until, changes)) };
}

/** What was placed before. */
class Known {
  private readonly marks: ReadonlyMap<string, Placed>;
  private readonly targets: ReadonlyMap<string, readonly string[] | null>;

  constructor(placed: readonly Placed[]) {
    this.marks = new Map(placed.map((each) => [keyOf(each.mark), each]));
    this.targets = new Map(placed.map((each) => [targetKey(each.mark), each.target]));
  }

  same(mark: Mark): Placed | undefined {
    return this.marks.get(keyOf(mark));
  }

  /** The target's file as it was read for this or another deletion in it. */
  target(mark: Mark): readonly string[] | null {
    return this.targets.get(targetKey(mark)) ?? null;
  }
}

function targetKey({ worktree, deletion, base }: Mark): string {
  return `${worktree.path}\0${deletion.path}\0${base.oid}`;
}

function documentAt(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === key);
}

function keyOf({ worktree, deletion }: Mark): string {
  return `${worktree.path}\0${deletion.id}`;
}

function gapsIn(document: vscode.TextDocument, { mark, target, gaps }: Placed): readonly Gap[] {
  if (target === null || !hasLines(mark)) return gaps;
  const gone = numbers(mark.deletion.baseRanges);
  // In the document that shows a deleted file, all is there that would go.
  if (shownPath(mark) === null) {
    const at = (gone[0] ?? 1) - 1;
    return [{ at, until: at + 1, lines: gone }];
  }
  const now = document.getText().split(/\r\n|\r|\n/);
  return findGaps(target, now, gone);
}
