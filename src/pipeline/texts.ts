/** What agents are told of the pipeline, in the file that tells them how to work here. */
export const conventionsSection = `## Done

A pull request merges by itself once every check is green. Before you open one, run

    agent-foreman check
    agent-foreman done

and put right what is red: documents that name what is gone, no changelog entry, criteria of the ticket that are not ticked
off, new TODOs or debugging, and above all work of others that the merge would delete. What is meant to stay so is said in
a commit or in the pull request, with the reason: \`Waive-gate: GATE REASON\`, and for deletions
\`Intentional-removal: PATH REASON\`. Never weaken a gate, a workflow or a test to get through.
`;

export const pullTemplate = `<!-- What changes for whom, and why. -->

<!-- Closes #NUMBER: its criteria have to be ticked off. -->

<!-- What is excused, and why: Waive-gate: GATE REASON -->
`;

export const doneConfig = `{
  "gates": {}
}
`;
