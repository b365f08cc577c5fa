import { buildSchema, GraphQLError, type GraphQLSchema, graphql } from "graphql";
import { presentTalk, talkMutations } from "./talkGraph";
import type { Check, Method, Pull, World } from "./world";

/** Answers a GraphQL question by GitHub's own published schema: what GitHub would refuse is refused here too. */
export async function answerGraph(
  world: World,
  body: { query: string; variables?: Record<string, unknown> },
): Promise<object> {
  world.sync();
  const { data, errors } = await graphql({
    schema: await gitHubSchema(),
    source: body.query,
    variableValues: body.variables ?? {},
    rootValue: { ...queries(world), ...mutations(world) },
  });
  return {
    ...(data === undefined ? {} : { data }),
    ...(errors
      ? { errors: errors.map((error) => ({ ...error.toJSON(), type: error.extensions.type })) }
      : {}),
  };
}

let schema: Promise<GraphQLSchema> | undefined;

function gitHubSchema(): Promise<GraphQLSchema> {
  schema ??= import("@octokit/graphql-schema").then((published) =>
    buildSchema(published.schema.idl, { assumeValid: true }),
  );
  return schema;
}

function queries(world: World) {
  return {
    viewer: { login: world.owner },
    rateLimit: { limit: 5000, remaining: 4900, resetAt: "2099-01-01T00:00:00Z", cost: 1 },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      if (![world.slug, world.formerly].includes(`${owner}/${name}`.toLowerCase()))
        throw failure("NOT_FOUND", "Could not resolve to a Repository");
      return repository(world);
    },
  };
}

function repository(world: World) {
  return {
    id: "R_1",
    nameWithOwner: world.slug,
    autoMergeAllowed: world.autoMergeAllowed,
    squashMergeAllowed: world.methods.includes("SQUASH"),
    mergeCommitAllowed: world.methods.includes("MERGE"),
    rebaseMergeAllowed: world.methods.includes("REBASE"),
    pullRequestTemplates: world.templates,
    pullRequest: ({ number }: { number: number }) => {
      const pull = world.find(number);
      if (!pull) throw failure("NOT_FOUND", "Could not resolve to a PullRequest");
      return present(world, pull);
    },
    issueOrPullRequest: ({ number }: { number: number }) => {
      const body = world.issues.get(number);
      const pull = world.find(number);
      if (body !== undefined)
        return { __typename: "Issue", url: `https://github.example/${world.slug}/issues/${number}`, body };
      if (!pull) throw failure("NOT_FOUND", `Could not resolve to an issue or pull request with ${number}`);
      return { __typename: "PullRequest", ...present(world, pull) };
    },
    pullRequests: (ask: {
      states?: string[];
      headRefName?: string;
      first: number;
      after?: string | null;
    }) => {
      const found = world.pulls
        .filter((pull) => !ask.states || ask.states.includes(pull.state))
        .filter((pull) => !ask.headRefName || pull.branch === ask.headRefName)
        .sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
      const start = ask.after ? Number(ask.after) : 0;
      const end = start + ask.first;
      return {
        totalCount: found.length,
        pageInfo: { hasNextPage: end < found.length, hasPreviousPage: start > 0, endCursor: String(end) },
        nodes: found
          .slice(start, end)
          .map((pull) => (world.hidden.has(pull.number) ? hidden() : present(world, pull))),
      };
    },
  };
}

function present(world: World, pull: Pull) {
  const checks = world.checksOf(pull);
  return {
    id: `PR_${pull.number}`,
    number: pull.number,
    title: pull.title,
    body: pull.body,
    url: `https://github.example/${world.slug}/pull/${pull.number}`,
    state: pull.state,
    isDraft: pull.draft,
    updatedAt: pull.updatedAt,
    author: { __typename: "User", login: pull.author },
    headRefName: pull.branch,
    headRefOid: pull.head,
    headRepository: { nameWithOwner: pull.from },
    baseRefName: pull.base,
    baseRefOid: pull.baseOid,
    mergeCommit: pull.mergeCommit && { oid: pull.mergeCommit },
    reviewDecision: pull.review,
    mergeable: () => world.mergeable(pull),
    mergeStateStatus: () => world.mergeState(pull),
    ...presentTalk(world, pull),
    autoMergeRequest: pull.autoMerge && { mergeMethod: pull.autoMerge },
    commits: {
      nodes: [
        {
          commit: {
            oid: pull.head,
            status: () => statusOf(world, checks),
            statusCheckRollup: () => (world.blind ? forbidden() : checks.length > 0 ? rollup(checks) : null),
          },
        },
      ],
    },
  };
}

function rollup(checks: readonly Check[]) {
  const failed = checks.some(({ conclusion }) => conclusion === "FAILURE");
  const pending = checks.some(({ conclusion }) => conclusion === null);
  return {
    state: failed ? "FAILURE" : pending ? "PENDING" : "SUCCESS",
    contexts: {
      totalCount: checks.length,
      nodes: checks.map(({ name, conclusion, run }) =>
        run === null
          ? { __typename: "StatusContext", context: name, state: conclusion ?? "PENDING" }
          : {
              __typename: "CheckRun",
              name,
              status: conclusion ? "COMPLETED" : "IN_PROGRESS",
              conclusion,
              checkSuite: { workflowRun: { databaseId: run } },
            },
      ),
    },
  };
}

/** The commit statuses among the checks; null where there are none. */
function statusOf(world: World, checks: readonly Check[]) {
  const statuses = checks.filter(({ run }) => run === null);
  if (statuses.length === 0) return null;
  return {
    context: ({ name }: { name: string }) => {
      const found = statuses.findLast((each) => each.name === name);
      if (!found) return null;
      const { conclusion, description = null } = found;
      return {
        state: conclusion ?? "PENDING",
        description,
        creator: { __typename: "User", login: world.owner },
      };
    },
  };
}

interface Input {
  readonly pullRequestId: string;
  readonly expectedHeadOid?: string;
  readonly mergeMethod?: Method;
}

function mutations(world: World) {
  const pullOf = ({ pullRequestId, expectedHeadOid }: Input): Pull => {
    const pull = world.find(Number(pullRequestId.replace("PR_", "")));
    if (!pull) throw failure("NOT_FOUND", "Could not resolve to a node");
    if (expectedHeadOid && expectedHeadOid !== pull.head)
      throw failure("UNPROCESSABLE", "Head branch was modified. Review and try the merge again.");
    return pull;
  };
  const done = (pull: Pull) => {
    world.touch(pull);
    world.sync();
    return { pullRequest: present(world, pull) };
  };
  return {
    ...talkMutations(world, failure),
    enablePullRequestAutoMerge: ({ input }: { input: Input }) => {
      const pull = pullOf(input);
      if (!world.autoMergeAllowed)
        throw failure("UNPROCESSABLE", "Auto merge is not allowed for this repository");
      const state = world.mergeState(pull);
      if (state === "CLEAN" || state === "UNSTABLE")
        throw failure("UNPROCESSABLE", `Pull request is in ${state.toLowerCase()} status`);
      pull.autoMerge = input.mergeMethod ?? "MERGE";
      return done(pull);
    },
    disablePullRequestAutoMerge: ({ input }: { input: Input }) => {
      const pull = pullOf(input);
      if (!pull.autoMerge) throw failure("UNPROCESSABLE", "Can't disable auto-merge for this pull request");
      pull.autoMerge = null;
      return done(pull);
    },
    mergePullRequest: ({ input }: { input: Input }) => {
      const pull = pullOf(input);
      const method = input.mergeMethod ?? "MERGE";
      if (!world.methods.includes(method))
        throw failure("UNPROCESSABLE", "That way of merging is not allowed");
      if (!["CLEAN", "UNSTABLE"].includes(world.mergeState(pull)))
        throw failure("UNPROCESSABLE", "Pull Request is not mergeable");
      world.merge(pull, method);
      return done(pull);
    },
    markPullRequestReadyForReview: ({ input }: { input: Input }) => {
      const pull = pullOf(input);
      pull.draft = false;
      return done(pull);
    },
    updatePullRequestBranch: ({ input }: { input: Input }) => {
      const pull = pullOf(input);
      world.update(pull);
      return done(pull);
    },
    createPullRequest: ({
      input,
    }: {
      input: { headRefName: string; baseRefName: string; title: string; body?: string; draft?: boolean };
    }) => {
      const branch = input.headRefName.replace(/^[^:]+:/, "");
      if (!world.tip(branch)) throw failure("UNPROCESSABLE", "Head sha can't be blank");
      if (world.pulls.some((pull) => pull.state === "OPEN" && pull.branch === branch))
        throw failure("UNPROCESSABLE", `A pull request already exists for ${input.headRefName}.`);
      const { baseRefName: base, title, body = "", draft = false } = input;
      return done(world.open(branch, { base, title, body, draft }));
    },
  };
}

/** An element of a list that stays empty, with an error beside it. */
function hidden(): Error {
  return failure("FORBIDDEN", "Resource protected by organization SAML enforcement.");
}

function forbidden(): never {
  throw failure("FORBIDDEN", "Resource not accessible by personal access token");
}

function failure(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
