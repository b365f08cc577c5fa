import type { NewThread, Remark, TestThread } from "./talk";
import type { Pull, World } from "./world";

/** What GraphQL answers about what was said on a pull request. */
export function presentTalk(world: World, pull: Pull) {
  const { reviews, threads } = world.talk;
  return {
    reviews: (page: PageOf) =>
      connection(
        reviews.filter((each) => each.pull === pull.number).map((each) => remark(world, pull, each)),
        page,
      ),
    reviewThreads: (page: PageOf) =>
      connection(
        threads.filter((each) => each.pull === pull.number).map((each) => thread(world, pull, each)),
        page,
      ),
  };
}

interface PageOf {
  readonly first?: number;
  readonly after?: string | null;
}

function connection<T>(all: readonly T[], { first = 100, after }: PageOf) {
  const start = after ? Number(after) : 0;
  const nodes = all.slice(start, start + first);
  const end = start + nodes.length;
  const endCursor = nodes.length > 0 ? String(end) : null;
  return { totalCount: all.length, pageInfo: { hasNextPage: end < all.length, endCursor }, nodes };
}

function remark(world: World, pull: Pull, { id, author, body }: Remark) {
  return {
    id,
    body,
    url: `https://github.example/${world.slug}/pull/${pull.number}#${id}`,
    author: { __typename: author.endsWith("[bot]") ? "Bot" : "User", login: author.replace("[bot]", "") },
    viewerDidAuthor: author === world.owner,
  };
}

/** As GitHub has it, a thread is outdated once its lines are not what they were. */
function thread(world: World, pull: Pull, each: TestThread) {
  const { id, path, side, line, startLine, commit, resolved, remarks } = each;
  const outdated = commit !== pull.head && !world.sameLines(each, pull.head);
  return {
    id,
    path,
    diffSide: side,
    subjectType: line === null ? "FILE" : "LINE",
    isResolved: resolved,
    isOutdated: outdated,
    line: outdated ? null : line,
    startLine: outdated ? null : startLine,
    originalLine: line,
    originalStartLine: startLine,
    comments: (page: PageOf) =>
      connection(
        remarks.map((each) => ({
          __typename: "PullRequestReviewComment",
          ...remark(world, pull, each),
          originalCommit: { oid: commit },
        })),
        page,
      ),
  };
}

interface ReviewInput {
  readonly pullRequestId: string;
  readonly commitOID?: string;
  readonly body?: string;
  readonly threads?: readonly NewThread[];
}

/** What GraphQL does about it; `fail` makes the error that is thrown. */
export function talkMutations(world: World, fail: (type: string, message: string) => Error) {
  const found = <T extends { id: string }>(all: readonly T[], id: string): T => {
    const one = all.find((each) => each.id === id);
    if (!one) throw fail("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
    return one;
  };
  const mine = <T extends Remark>(one: T): T => {
    if (one.author !== world.owner) throw fail("FORBIDDEN", "Viewer cannot update this comment");
    return one;
  };
  const resolve = (threadId: string, resolved: boolean) => {
    found(world.talk.threads, threadId).resolved = resolved;
    return { thread: { id: threadId } };
  };
  return {
    addPullRequestReview: ({ input }: { input: ReviewInput }) => {
      const pull = world.find(Number(input.pullRequestId.replace("PR_", "")));
      if (!pull) throw fail("NOT_FOUND", "Could not resolve to a node");
      if (input.commitOID !== pull.head) throw fail("UNPROCESSABLE", "Commit is not the head");
      if (!input.body) throw fail("UNPROCESSABLE", "Body can't be blank");
      try {
        const review = world.talk.add(pull, world.owner, input.body, input.threads);
        return { pullRequestReview: remark(world, pull, review) };
      } catch (error) {
        throw fail("UNPROCESSABLE", error instanceof Error ? error.message : String(error));
      }
    },
    updatePullRequestReview: ({ input }: { input: { pullRequestReviewId: string; body: string } }) => {
      const review = mine(found(world.talk.reviews, input.pullRequestReviewId));
      review.body = input.body;
      return { pullRequestReview: { id: review.id } };
    },
    updatePullRequestReviewComment: ({
      input,
    }: {
      input: { pullRequestReviewCommentId: string; body: string };
    }) => {
      const all = world.talk.threads.flatMap(({ remarks }) => remarks);
      const one = mine(found(all, input.pullRequestReviewCommentId));
      one.body = input.body;
      return { pullRequestReviewComment: { id: one.id } };
    },
    resolveReviewThread: ({ input }: { input: { threadId: string } }) => resolve(input.threadId, true),
    unresolveReviewThread: ({ input }: { input: { threadId: string } }) => resolve(input.threadId, false),
  };
}
