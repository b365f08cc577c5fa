import { committerNow } from "../git/committer";
import { listRefs } from "../git/listRefs";
import { mainRemote, readRefs } from "../git/refs";
import type { Repo } from "../git/repo";
import { createRef, deleteRef, readRef } from "../git/updateRef";
import { done, type Outcome, refused } from "../model/outcome";
import { newId } from "../store/pending";
import { type CreatedWorktree, createWorktree, type KnownBase } from "../worktrees/create";
import { recordsInPlace } from "../worktrees/record";
import { rescueRefName } from "../worktrees/rescue";
import { carryOn } from "./carryOn";
import { writePicks } from "./commits";
import { planned, type Recovery } from "./document";
import { type Ends, findEnds } from "./lookUp";
import { dropNote, type RecoveryNote, readNotes, saveNote } from "./note";
import type { RecoveryPlan } from "./plan";
import { type Prepared, prepare, type RecoverRequest } from "./prepare";
import { type RunOptions, withRun } from "./run";

/**
 * Recovers a branch: a rescue ref, a fresh worktree with what has not landed, a check of that, and a push where it was
 * asked for. The branch and its worktree stay as they are. Where a commit conflicts, it stops there and waits.
 *
 * Refused as `unknown-ref`, `no-base`, `cannot-tell`, `unknown-commit`; `recovery-waits`, `no-identity`, `no-remote`; or
 * as createWorktree, `withRun` and `carryOn` refuse.
 */
export async function recoverBranch(
  repo: Repo,
  request: RecoverRequest,
  options: RunOptions = {},
): Promise<Outcome<Recovery>> {
  const ends = await findEnds(repo, request.branch, request.onto);
  if (!ends.ok) return ends;
  const { branch } = ends.value;
  const source = branch.branch ?? branch.oid;
  const names = { branch: source, newBranch: request.newBranch };
  return withRun(repo, names, () => begin(repo, request, ends.value, source, options), options);
}

async function begin(
  repo: Repo,
  request: RecoverRequest,
  ends: Ends,
  source: string,
  options: RunOptions,
): Promise<Outcome<Recovery>> {
  const remote = request.push ? mainRemote(await readRefs(repo)) : null;
  const obstacle = await findObstacle(repo, request, source, remote);
  if (obstacle) return obstacle;
  let seen: { ends: Ends; prepared: Prepared } | undefined;
  let note: RecoveryNote | undefined;
  let made: Outcome<CreatedWorktree> | undefined;
  const start = async (base: KnownBase) => {
    options.onProgress?.(`Looking at the commits of ${request.branch}`);
    const now = { ...ends, onto: { ref: request.onto ?? shortName(base.ref), oid: base.oid } };
    const prepared = await prepare(repo, request, now, options.signal);
    if (!prepared.ok) return prepared;
    seen = { ends: now, prepared: prepared.value };
    if (isNothing(prepared.value)) return refused("nothing-to-recover", "There is nothing to recover.", "");
    const noted = await noteOf(repo, request, now, source, prepared.value, remote, options.signal);
    if (!noted.ok) return noted;
    note = noted.value;
    await saveNote(repo, note);
    if (!(await createRef(repo, note.rescueRef, note.uncommitted?.commit ?? note.head)))
      throw new Error(`The rescue ref ${note.rescueRef} could not be made.`);
    return done(note.tip);
  };
  const old = [...(await recordsInPlace(repo)).values()].find((record) => record.branch === source);
  try {
    made = await createWorktree(
      repo,
      {
        name: "",
        branch: request.newBranch,
        startAt: start,
        ...pickDefined({
          base: request.onto,
          offline: request.offline,
          path: request.path,
          container: request.container,
          agent: old?.agent ?? undefined,
          task: old?.task ?? undefined,
        }),
      },
      options,
    );
  } finally {
    if (note && !made?.ok) await takeBackNote(repo, note);
  }
  if (!made.ok) {
    const nothing = made.refusal.code === "nothing-to-recover" && seen;
    return nothing ? done(planned(request, nothing.ends, nothing.prepared)) : made;
  }
  if (!note) throw new Error("A worktree was made without a plan.");
  const { path, notes } = made.value;
  const begun = await saveNote(repo, {
    ...note,
    worktree: path,
    notes: [...note.notes, ...notes],
    step: { do: "pick" },
  });
  return carryOn(repo, begun, options);
}

/** The rescue and the note of a recovery that has nothing else. */
export async function takeBackNote(repo: Repo, note: RecoveryNote): Promise<void> {
  const made = await readRef(repo, note.rescueRef);
  if (made !== null) await deleteRef(repo, note.rescueRef, made);
  await dropNote(repo, note.id);
}

async function findObstacle(
  repo: Repo,
  { branch, newBranch, push }: RecoverRequest,
  source: string,
  remote: string | null,
): Promise<Outcome<never> | null> {
  const waiting = (await readNotes(repo)).find((note) => note.source === source);
  if (waiting) {
    return refused(
      "recovery-waits",
      `${branch} is being recovered already, as ${waiting.request.newBranch}.`,
      `Go on with that (agent-foreman recover ${branch} --continue), or end it (--abort). Nothing was changed.`,
    );
  }
  const head = `refs/heads/${newBranch}`;
  if ((await listRefs(repo, [head])).has(head)) {
    return refused(
      "branch-exists",
      `There is already a branch ${newBranch}.`,
      "Choose another name. Nothing was made.",
    );
  }
  if (push && remote === null) {
    return refused("no-remote", "There is no remote to push to.", "Leave --push out. Nothing was made.");
  }
  if ((await committerNow(repo)) !== null) return null;
  return refused(
    "no-identity",
    "Git does not know who you are, and would not let you commit.",
    'Tell it: git config user.name "Your Name", and the same for user.email. Nothing was made.',
  );
}

function isNothing({ plan }: Prepared): boolean {
  return (
    plan.picked.length === 0 && plan.together === null && plan.conflicts.length === 0 && plan.carried === null
  );
}

/** Everything that is about to be done. The commits before the first that conflicts are written already. */
async function noteOf(
  repo: Repo,
  request: RecoverRequest,
  { branch, onto }: Ends,
  source: string,
  { plan, uncommitted, files }: Prepared,
  remote: string | null,
  signal: AbortSignal | undefined,
): Promise<Outcome<RecoveryNote>> {
  const { before, todo } = split(plan);
  const tip = await writePicks(repo, onto.oid, before, request.branch, { sign: true, signal });
  if (!tip.ok) return tip;
  const at = new Date();
  return done({
    id: newId(at),
    at: at.toISOString(),
    request,
    source,
    head: branch.oid,
    onto,
    rescueRef: rescueRefName(branch.branch, request.branch, at),
    worktree: null,
    commits: plan.commits,
    todo,
    total:
      plan.picked.length + todo.filter((oid) => plan.picked.every((picked) => picked.oid !== oid)).length,
    tip: tip.value,
    step: { do: "make" },
    uncommitted: uncommitted && files ? { commit: uncommitted.commit, ...files } : null,
    push: remote,
    verified: plan.verified,
    notes: plan.notes,
  });
}

/** What can be picked at once, and what comes from the first conflict on, in the order of the branch. */
function split({ commits, picked, together }: RecoveryPlan): {
  before: Pick<RecoveryPlan, "picked" | "together">;
  todo: string[];
} {
  const first = commits.findIndex(({ fate }) => fate === "conflict");
  if (first < 0) return { before: { picked, together }, todo: [] };
  const rest = commits.slice(first).filter(({ fate }) => fate === "conflict" || fate === "pick");
  const todo = rest.map(({ oid }) => oid);
  return { before: { picked: picked.filter(({ oid }) => !todo.includes(oid)), together: null }, todo };
}

function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|remotes)\//, "");
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function pickDefined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
