import * as v from "valibot";
import type { PullRemark, PullThread } from "../../model/pullReview";

// GitHub takes no longer texts.
const body = v.pipe(v.string(), v.maxLength(300_000));
const short = v.pipe(v.string(), v.maxLength(5_000));
const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));
const line = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)));
const login = v.nullable(v.object({ login: short }));
const pageInfo = v.object({ hasNextPage: v.boolean(), endCursor: v.nullable(v.string()) });

const words = {
  id: short,
  body,
  viewerDidAuthor: v.boolean(),
  author: login,
  url: v.pipe(v.string(), v.url(), v.regex(/^https?:/)),
};

const review = v.pipe(v.object(words), v.transform(toRemark));

const thread = v.pipe(
  v.object({
    id: short,
    path: short,
    diffSide: v.picklist(["RIGHT", "LEFT"]),
    subjectType: v.string(),
    isResolved: v.boolean(),
    isOutdated: v.boolean(),
    startLine: line,
    line,
    originalStartLine: line,
    originalLine: line,
    comments: v.object({
      nodes: v.array(v.nullable(v.object({ ...words, originalCommit: v.nullish(v.object({ oid }), null) }))),
    }),
  }),
  v.transform((from): PullThread | null => {
    const remarks = from.comments.nodes.filter((each) => each !== null);
    const [first] = remarks;
    if (!first) return null;
    return {
      id: from.id,
      path: from.path,
      side: from.diffSide,
      startLine: from.startLine ?? from.line,
      endLine: from.line,
      originalStartLine: from.originalStartLine ?? from.originalLine,
      originalEndLine: from.originalLine,
      originalCommit: first.originalCommit?.oid ?? null,
      aboutFile: from.subjectType === "FILE",
      resolved: from.isResolved,
      outdated: from.isOutdated,
      remarks: remarks.map(toRemark),
    };
  }),
);

function toRemark({
  id,
  body,
  viewerDidAuthor,
  author,
  url,
}: v.InferOutput<v.ObjectSchema<typeof words, undefined>>): PullRemark {
  return { id, author: author?.login ?? null, body, url, mine: viewerDidAuthor };
}

const status = v.object({ state: short, description: v.nullable(short), creator: login });

export const pageSchema = v.object({
  viewer: v.object({ login: short }),
  repository: v.nullable(
    v.object({
      pullRequest: v.nullable(
        v.object({
          id: short,
          number: v.pipe(v.number(), v.integer(), v.minValue(1)),
          url: words.url,
          state: v.picklist(["OPEN", "CLOSED", "MERGED"]),
          headRefOid: oid,
          commits: v.object({
            nodes: v.array(
              v.nullable(
                v.object({
                  commit: v.object({ oid, status: v.nullable(v.object({ context: v.nullable(status) })) }),
                }),
              ),
            ),
          }),
          reviews: v.object({ pageInfo, nodes: v.array(v.nullable(review)) }),
          reviewThreads: v.object({ pageInfo, nodes: v.array(v.nullable(thread)) }),
        }),
      ),
    }),
  ),
});

export type Page = v.InferOutput<typeof pageSchema>;
