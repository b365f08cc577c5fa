import type { components } from "@octokit/openapi-types";
import type { Pull, World } from "./world";

/** What GitHub publishes of its answers; only what is read here is served. */
type Published = components["schemas"]["pull-request-simple"];
type Served = Pick<Published, "number" | "title" | "updated_at" | "merge_commit_sha"> & {
  readonly state: Published["state"];
  readonly head: Pick<Published["head"], "ref" | "sha">;
};

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** The repo's own settings and its rulesets. */
function answerSettings(world: World, method: string, path: string, body: string): Answer | null {
  const sent = body === "" ? {} : (JSON.parse(body) as Record<string, unknown>);
  if (path === "" && (method === "GET" || method === "PATCH")) {
    if (typeof sent.allow_auto_merge === "boolean") world.autoMergeAllowed = sent.allow_auto_merge;
    if (typeof sent.delete_branch_on_merge === "boolean")
      world.deleteBranchOnMerge = sent.delete_branch_on_merge;
    if (sent.allow_squash_merge === true) world.methods = [...new Set([...world.methods, "SQUASH" as const])];
    return {
      status: 200,
      body: {
        default_branch: "main",
        allow_auto_merge: world.autoMergeAllowed,
        delete_branch_on_merge: world.deleteBranchOnMerge,
        allow_squash_merge: world.methods.includes("SQUASH"),
      },
    };
  }
  if (path === "/rules/branches/main" && method === "GET")
    return { status: 200, body: world.rulesets.flatMap(({ rules }) => rules) };
  if (path === "/rulesets" && method === "GET")
    return { status: 200, body: world.rulesets.map(({ id, name }) => ({ id, name })) };
  if (path === "/rulesets" && method === "POST") {
    const made = { ...sent, id: world.rulesets.length + 1 };
    world.rulesets.push(made);
    return { status: 201, body: made };
  }
  const id = Number(/^\/rulesets\/(\d+)$/.exec(path)?.[1]);
  const known = world.rulesets.find((each) => each.id === id);
  if (!known || (method !== "GET" && method !== "PUT")) return null;
  if (method === "PUT") Object.assign(known, sent);
  return { status: 200, body: known };
}

/** The REST calls that the emulator does not have, or would answer from a git that is no real one. */
export function answerRest(world: World, method: string, url: string, body: string): Answer | null {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const path = pathname.replace(`/repos/${world.slug}`, "");
  world.sync();
  if (method === "GET" && path === "/pulls") {
    const sorted = [...world.pulls].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    return { status: 200, body: sorted.slice(0, Number(searchParams.get("per_page") ?? 30)).map(simple) };
  }
  const files = /^\/pulls\/(\d+)\/files$/.exec(path)?.[1];
  const pull = files === undefined ? undefined : world.find(Number(files));
  if (method === "GET" && pull) {
    const page = Number(searchParams.get("page") ?? 1);
    const size = Number(searchParams.get("per_page") ?? 30);
    return { status: 200, body: world.talk.files(pull).slice((page - 1) * size, page * size) };
  }
  const settings = answerSettings(world, method, path, body);
  if (settings) return settings;
  const run = /^\/actions\/runs\/(\d+)\/rerun-failed-jobs$/.exec(path)?.[1];
  if (method === "POST" && run !== undefined) {
    const again = world.checks.filter((check) => check.run === Number(run) && check.conclusion === "FAILURE");
    if (again.length === 0) return { status: 403, body: { message: "The workflow run has no failed jobs" } };
    for (const check of again) check.conclusion = null;
    return { status: 201, body: {} };
  }
  const oid = /^\/statuses\/([0-9a-f]{40})$/.exec(path)?.[1];
  if (method === "POST" && oid !== undefined) {
    const { state, context, description } = JSON.parse(body) as {
      state: string;
      context: string;
      description?: string;
    };
    if ((description?.length ?? 0) > 140) return { status: 422, body: { message: "Validation Failed" } };
    const conclusions = { success: "SUCCESS", failure: "FAILURE", error: "FAILURE", pending: null } as const;
    if (!(state in conclusions)) return { status: 422, body: { message: "Validation Failed" } };
    world.check(oid, context, conclusions[state as keyof typeof conclusions], null, description);
    return { status: 201, body: { state, context } };
  }
  return null;
}

function simple(pull: Pull): Served {
  return {
    number: pull.number,
    title: pull.title,
    state: pull.state === "OPEN" ? "open" : "closed",
    updated_at: pull.updatedAt,
    merge_commit_sha: pull.mergeCommit,
    head: { ref: pull.branch, sha: pull.head },
  };
}
