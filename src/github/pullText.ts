/** A branch of which a new one brings what it had of its own. */
export interface ReplacedBranch {
  readonly branch: string;
  readonly head: string;
  /** Its pull request's number; null: none is known. */
  readonly pull: number | null;
}

/** What a new pull request is said to be about. */
export interface PullMatter {
  readonly branch: string;
  /** What the worktree was made for; null: nobody noted it. */
  readonly task: string | null;
  /** Its own commits, oldest first. */
  readonly commits: readonly { readonly subject: string; readonly body: string }[];
  /** The text that the repo wants its pull requests to start from; null: none. */
  readonly template: string | null;
  readonly takesPlaceOf: ReplacedBranch | null;
}

/** What must be so before work counts as done; ticked by whoever made sure of it. */
const definitionOfDone = [
  "It deletes nothing that others shipped and it does not mean to delete",
  "Types, lint and tests are green here",
  "The documents that speak of this are still true",
  "The changelog says what a user sees",
  "The ticket is named, and each of its criteria is met",
  "No debt is left without a note: no stray TODO, debug output or orphaned code",
];

/** Title and body of a new pull request: a draft for the person, who may change all of it. */
export function pullText({ branch, task, commits, template, takesPlaceOf }: PullMatter): {
  title: string;
  body: string;
} {
  const [only, ...others] = commits;
  const words = branch.split("/").at(-1)?.replaceAll(/[-_]+/g, " ") ?? branch;
  const title = (only && others.length === 0 ? only.subject : task?.split("\n")[0]) || only?.subject || words;
  const about = only && others.length === 0 ? only.body.trim() : "";
  const parts = [
    ...(task ? [task.trim()] : []),
    ...(about ? [about] : []),
    ...(others.length > 0 ? [commits.map(({ subject }) => `- ${subject}`).join("\n")] : []),
    ...(takesPlaceOf ? [replacing(takesPlaceOf)] : []),
    ...(template ? [template.trim()] : []),
    ["### Done", ...definitionOfDone.map((item) => `- [ ] ${item}`)].join("\n"),
  ];
  return { title: title.slice(0, 250), body: parts.join("\n\n").slice(0, 60_000) };
}

function replacing({ branch, head, pull }: ReplacedBranch): string {
  const name = `\`${branch.replaceAll("`", "'")}\``;
  const old = pull === null ? name : `#${pull} (${name})`;
  return `Takes the place of ${old} as of ${head}: the same work off today's target, without what has landed already. The old branch is untouched.`;
}
