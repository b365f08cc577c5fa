import type { LogOutputChannel, Memento, SecretStorage } from "vscode";
import type { Program } from "../../hooks/launcher";
import type { EditorLosses } from "../editor";
import type { Comments } from "../findings/comments";
import type { FindingsPanels } from "../findings/panels";
import type { PublishedStatus } from "../findings/publishedStatus";
import type { Fleets } from "../fleets";
import type { PullWatch } from "../github/pullWatch";
import type { GitHubSignIn } from "../github/signIn";
import type { Preview } from "../preview";
import type { WorktreesView } from "../tree/view";

/** What the verbs work with. */
export interface Services {
  readonly fleets: Fleets;
  readonly view: WorktreesView;
  readonly preview: Preview;
  readonly editor: EditorLosses;
  readonly findings: FindingsPanels;
  readonly comments: Comments;
  readonly status: PublishedStatus;
  readonly signIn: GitHubSignIn;
  readonly pulls: PullWatch;
  /** The command line that ships with us, for hooks to run. */
  readonly program: Program;
  /** What this workspace remembers of what the person said. */
  readonly memory: Memento;
  /** Where keys are kept. */
  readonly secrets: SecretStorage;
  readonly log: LogOutputChannel;
}
