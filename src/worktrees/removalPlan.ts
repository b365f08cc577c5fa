import type { Refusal } from "../model/outcome";
import type { Dirt, Landed, WorktreeEntry } from "../model/worktree";
import type { Occupant } from "./occupants";
import type { Presence } from "./presence";

/** All that a removal is decided on. Null means that it could not be found out, which is never taken for "none". */
export interface RemovalFacts {
  readonly entry: WorktreeEntry;
  /** The person or the program that asks stands in it. */
  readonly current: boolean;
  readonly presence: Presence;
  readonly dirt: Dirt | null;
  /** Paths of what is uncommitted, in git's order. */
  readonly dirtyFiles: readonly string[];
  /** What cannot be kept for an undo, each with its reason: repos inside the worktree, names that are no text. */
  readonly unkeepable: readonly string[];
  /** Ignored folders that may hold a git repo: they could not be looked through as a whole. */
  readonly unsearched: readonly string[];
  /** Ignored folders that would have to be copied to be kept. */
  readonly onOtherDisk: readonly string[];
  /** `merge`, `rebase` …: what git is in the middle of there. */
  readonly middleOf: string | null;
  /** A lock file that a git command holds there now, or left behind. */
  readonly gitLock: string | null;
  /** Null where the system does not tell. */
  readonly occupants: readonly Occupant[] | null;
  /** What the caller knows of an agent or an editor that works there, in words. */
  readonly inUse: string | null;
  readonly landed: Landed | null;
  /** Subjects of the commits that have not landed, newest first. */
  readonly ownSubjects: readonly string[];
  /** Why the branch would stay in any case. */
  readonly branchStays: "target" | "elsewhere" | null;
  /** Another ref that holds the head's commits; asked only for a detached worktree. */
  readonly heldBy: string | null;
  /** Worktrees whose folders lie inside this one. */
  readonly inside: readonly string[];
  /** Commits of the remote's branch that this worktree never had. */
  readonly remoteAhead: number | null;
}

export interface RemovalChoices {
  /** Remove although uncommitted files or own commits would go; both are kept for an undo. */
  readonly anyway?: boolean;
  readonly keepBranch?: boolean;
}

export type RemovalPlan =
  | {
      readonly allowed: true;
      /** All own commits are in the target. False for a branch that has none: that is not called merged. */
      readonly merged: boolean;
      readonly keepsBranch: boolean;
      readonly warnings: readonly Refusal[];
    }
  | {
      readonly allowed: false;
      readonly reasons: readonly Refusal[];
      /** `anyway` would allow it. */
      readonly overridable: boolean;
      readonly warnings: readonly Refusal[];
    };

/** Codes of the reasons that `anyway` overrides. */
export const overridableCodes: readonly string[] = [
  "out-of-reach",
  "dirty",
  "unsearched",
  "other-disk",
  "not-landed",
];

/** May this worktree go? Every reason against it is given, not only the first. */
export function planRemoval(facts: RemovalFacts, choices: RemovalChoices = {}): RemovalPlan {
  const keepsBranch =
    facts.entry.branch !== null && (choices.keepBranch === true || facts.branchStays !== null);
  const firm = firmReasons(facts, keepsBranch);
  const soft = choices.anyway
    ? []
    : [
        ...presenceReasons(facts),
        ...dirtyReasons(facts),
        ...folderReasons(facts),
        ...commitReasons(facts, keepsBranch),
      ];
  const warnings = remoteWarnings(facts);
  if (firm.length > 0 || soft.length > 0) {
    return { allowed: false, reasons: [...firm, ...soft], overridable: firm.length === 0, warnings };
  }
  return { allowed: true, merged: facts.landed?.state === "landed", keepsBranch, warnings };
}

function firmReasons(facts: RemovalFacts, keepsBranch: boolean): Refusal[] {
  const { entry } = facts;
  const name = entry.path;
  if (entry.isMain || entry.bare) {
    return [
      {
        code: "main-worktree",
        message: `${name} is the repo itself, not one of its worktrees.`,
        hint: "It is never removed. Nothing was changed.",
      },
    ];
  }
  const reasons: Refusal[] = [];
  const add = (code: string, message: string, hint: string) => reasons.push({ code, message, hint });
  if (facts.current) {
    add("current", `You are in ${name}.`, "Run this from another folder of the repo.");
  }
  if (entry.lockedBecause !== null) {
    const why = entry.lockedBecause === "" ? "no reason was given" : entry.lockedBecause;
    add("locked", `${name} is locked: ${why}.`, "Unlock it first, if that reason no longer holds.");
  }
  if (facts.inUse !== null) {
    add("live", `${facts.inUse} works in ${name}.`, "Wait until it has finished, or end it.");
  }
  if (facts.occupants !== null && facts.occupants.length > 0) {
    const who = some(facts.occupants.map(({ command, pid }) => `${command} (process ${pid})`));
    add("live", `In use by ${who}.`, "End these processes, or have them leave the folder.");
  }
  if (facts.gitLock !== null) {
    add(
      "git-busy",
      `A git command is running in ${name}, or was killed there: ${facts.gitLock} exists.`,
      "Try again in a moment. If no git command runs there, delete that file.",
    );
  }
  if (facts.middleOf !== null) {
    add("unfinished", `A ${facts.middleOf} is not finished there.`, "Finish or abort it first.");
  }
  if ((facts.dirt?.conflicted ?? 0) > 0) {
    add(
      "conflicts",
      `${count(facts.dirt?.conflicted ?? 0, "file")} there with unresolved conflicts.`,
      "Resolve them first.",
    );
  }
  if (facts.inside.length > 0) {
    add("holds-worktrees", `Other worktrees lie inside it: ${some(facts.inside)}.`, "Remove those first.");
  }
  if (facts.unkeepable.length > 0) {
    add(
      "unkeepable",
      `It holds what could not be brought back: ${some(facts.unkeepable)}.`,
      "Commit and push it, or move it elsewhere.",
    );
  }
  if (facts.presence === "not-readable") {
    add(
      "not-readable",
      `${name} cannot be read, so what is in it is not known.`,
      "See that you may read it and the folders that hold it, and that its drive answers.",
    );
  } else if (facts.dirt === null && !entry.missing) {
    add(
      "unknown-files",
      "Git could not tell whether files there are uncommitted.",
      "Run git status there to see why.",
    );
  }
  if (entry.head === null) {
    add(
      "no-commit",
      "Its branch has no commit yet, so there is nothing to bring it back from.",
      "Make a first commit.",
    );
  } else if (!keepsBranch && facts.heldBy === null && unknownLanding(facts.landed)) {
    const why = facts.landed?.state === "unknown" ? `: ${facts.landed.why}` : "";
    add(
      "unknown-commits",
      `It is not known whether its commits are in the target${why}.`,
      "Fetch and try again, or keep the branch.",
    );
  }
  return reasons;
}

function unknownLanding(landed: Landed | null): boolean {
  return landed === null || landed.state === "unknown";
}

function presenceReasons({ entry, presence }: RemovalFacts): Refusal[] {
  if (presence !== "out-of-reach") return [];
  return [
    {
      code: "out-of-reach",
      message: `${entry.path} is not there, nor can the folder that held it be read. Its drive may not be connected.`,
      hint: "Connect it. If the folder was deleted, remove it anyway: only git's entry and the branch go.",
    },
  ];
}

function dirtyReasons({ dirt, dirtyFiles }: RemovalFacts): Refusal[] {
  if (dirt === null) return [];
  const parts = [
    dirt.staged > 0 ? `${dirt.staged} staged` : "",
    dirt.changed > 0 ? `${dirt.changed} changed` : "",
    dirt.untracked > 0 ? `${dirt.untracked} untracked` : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return [];
  return [
    {
      code: "dirty",
      message: `Uncommitted files would go (${parts.join(", ")}): ${some(dirtyFiles)}.`,
      hint: "Commit them, or remove it anyway: they are then kept for an undo.",
    },
  ];
}

function folderReasons({ unsearched, onOtherDisk }: RemovalFacts): Refusal[] {
  const reasons: Refusal[] = [];
  if (unsearched.length > 0) {
    reasons.push({
      code: "unsearched",
      message: `Ignored folders that could not be looked through for git repos: ${some(unsearched)}.`,
      hint: "See what is in them, or remove it anyway: they are then kept as a whole for an undo.",
    });
  }
  if (onOtherDisk.length > 0) {
    reasons.push({
      code: "other-disk",
      message: `Ignored folders on another disk than the repo: ${some(onOtherDisk)}.`,
      hint: "Move them elsewhere, or remove it anyway: they are then copied to the repo's disk for an undo.",
    });
  }
  return reasons;
}

function commitReasons(
  { entry, landed, ownSubjects, heldBy }: RemovalFacts,
  keepsBranch: boolean,
): Refusal[] {
  if (landed?.state !== "open" || keepsBranch || heldBy !== null) return [];
  const hint =
    entry.branch === null
      ? "Give them a branch, or remove it anyway: they are then kept for an undo."
      : "Keep the branch, or remove it anyway: they are then kept for an undo.";
  const subjects =
    ownSubjects.length > 0
      ? `: ${some(
          ownSubjects.map((text) => `“${text}”`),
          landed.own,
        )}`
      : "";
  return [
    { code: "not-landed", message: `${count(landed.own, "commit")} not in the target${subjects}.`, hint },
  ];
}

function remoteWarnings({ remoteAhead }: RemovalFacts): Refusal[] {
  if (!remoteAhead) return [];
  return [
    {
      code: "remote-ahead",
      message: `The branch on the remote has ${count(remoteAhead, "commit")} that this worktree never had.`,
      hint: "The remote's branch is not touched.",
    },
  ];
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

const shown = 3;

/** The first few, and how many more there are. They come from outside: nothing in them may pass for our own words. */
function some(names: readonly string[], total = names.length): string {
  const first = names.slice(0, shown).map((name) => name.replaceAll(/\p{Cc}/gu, "�"));
  const more = total - first.length;
  return first.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
