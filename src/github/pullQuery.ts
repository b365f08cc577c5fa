/** Branches that one question can be about; more are asked in further ones. */
export const mostBranches = 60;

/** Open pull requests that one question can bring. */
export const pageSize = 100;

const brief = `fragment brief on PullRequest {
  id number title url state isDraft updatedAt author { login }
  headRefName headRefOid headRepository { nameWithOwner } baseRefName baseRefOid mergeCommit { oid }
}`;

const whole = `fragment whole on PullRequest {
  ...brief
  body reviewDecision mergeable mergeStateStatus autoMergeRequest { mergeMethod }
  commits(last: 1) { nodes { commit { statusCheckRollup { state contexts(first: 50) { totalCount nodes {
    __typename
    ... on CheckRun { name status conclusion checkSuite { workflowRun { databaseId } } }
    ... on StatusContext { context state }
  } } } } } }
}`;

/**
 * One question for a whole round: the repo's open pull requests, and for each of `count` branch names (variables b0,
 * b1 …) the last ones of that name, with less of each. A name only finds them; whose they are is decided by commits.
 */
export function pullsQuery(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `b${i}`);
  const aliases = names.map(
    (name) =>
      `${name}: pullRequests(headRefName: $${name}, first: 10, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { ...brief } }`,
  );
  return `query pulls($owner: String!, $name: String!, $after: String${names.map((name) => `, $${name}: String!`).join("")}) {
  rateLimit { limit remaining resetAt cost }
  repository(owner: $owner, name: $name) {
    nameWithOwner
    open: pullRequests(states: OPEN, first: ${pageSize}, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      totalCount pageInfo { hasNextPage endCursor } nodes { ...whole }
    }
    ${aliases.join("\n    ")}
  }
}
${brief}
${whole}`;
}

/** One pull request, and what its repo allows. */
export const pullQuery = `query pull($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    id autoMergeAllowed mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
    pullRequest(number: $number) { ...whole }
  }
}
${brief}
${whole}`;
