/** What our status on a commit is called; branch protection can require it by this name. */
export const statusContext = "agent-foreman/review";

/** Everything said on one pull request. Both lists are asked for page by page; one that is at its end answers nothing. */
export const reviewQuery = `query review(
  $owner: String!, $name: String!, $number: Int!, $reviews: String, $threads: String
) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id number url state headRefOid
      commits(last: 1) { nodes { commit {
        oid status { context(name: "${statusContext}") { state description creator { login } } }
      } } }
      reviews(first: 100, after: $reviews) {
        pageInfo { hasNextPage endCursor }
        nodes { ...words }
      }
      reviewThreads(first: 100, after: $threads) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id path diffSide subjectType isResolved isOutdated
          startLine line originalStartLine originalLine
          comments(first: 30) { nodes { ...words ... on PullRequestReviewComment { originalCommit { oid } } } }
        }
      }
    }
  }
}
fragment words on Comment {
  id body viewerDidAuthor author { login }
  ... on PullRequestReview { url }
  ... on PullRequestReviewComment { url }
}`;
