/** Refusals that another name for the new branch or folder gets over. */
export const nameRefusals: readonly string[] = [
  "bad-name",
  "bad-branch",
  "branch-exists",
  "branch-conflict",
  "branch-in-use",
  "branch-on-remote",
  "path-exists",
  "path-registered",
];
