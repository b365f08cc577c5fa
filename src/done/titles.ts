import type { Change } from "./change";

/** A title in the form of Conventional Commits. */
export interface Title {
  readonly text: string;
  /** Null: it has another form. */
  readonly type: string | null;
  readonly breaking: boolean;
  /** A commit's short id; null: the pull request's title. */
  readonly commit: string | null;
}

// Git and GitHub write these themselves.
const automatic = /^(Merge |Revert "|fixup! |squash! |amend! )/;

/** What will be said of the change on the target: the pull request's title, else its commits' that touch what `counts`. */
export function titlesOf(
  { pull, commits }: Pick<Change, "pull" | "commits">,
  counts: (path: string) => boolean,
): Title[] {
  if (pull) return [titleOf(pull.title, null, pull.body)];
  return commits
    .filter(({ subject, touched }) => !automatic.test(subject) && touched.some(counts))
    .map(({ subject, body, oid }) => titleOf(subject, oid.slice(0, 9), body));
}

function titleOf(text: string, commit: string | null, body: string): Title {
  const [, type, mark] = /^(\w+)(?:\([^()]*\))?(!)?: \S/.exec(text) ?? [];
  const breaking = mark !== undefined || /^BREAKING[ -]CHANGE: /m.test(body);
  return { text, type: type?.toLowerCase() ?? null, breaking, commit };
}
