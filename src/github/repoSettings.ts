import * as v from "valibot";
import { done, type Outcome } from "../model/outcome";
import type { Slug } from "../model/pull";
import type { RepoSettings, Ruleset } from "../model/repoSettings";
import type { GitHub } from "./client";
import { badAnswer, faultOf } from "./fault";

/** The name of the ruleset that we write. */
export const rulesetName = "agent-foreman";

// GitHub's own numbers: the role of admins, and the app that GitHub Actions is.
const adminRole = 5;
const actionsApp = 15_368;

const repoSchema = v.object({
  default_branch: v.string(),
  allow_auto_merge: v.optional(v.boolean(), false),
  delete_branch_on_merge: v.optional(v.boolean(), false),
  allow_squash_merge: v.optional(v.boolean(), false),
});
const checksRule = v.object({
  type: v.literal("required_status_checks"),
  parameters: v.object({ required_status_checks: v.array(v.object({ context: v.string() })) }),
});
const rules = v.array(v.looseObject({ type: v.string() }));
const listSchema = v.array(
  v.object({ id: v.number(), name: v.string(), source_type: v.optional(v.string()) }),
);
const rulesetSchema = v.object({
  id: v.number(),
  enforcement: v.string(),
  rules,
  bypass_actors: v.optional(
    v.array(
      v.looseObject({ actor_id: v.nullish(v.number()), actor_type: v.string(), bypass_mode: v.string() }),
    ),
    [],
  ),
});

type Actor = NonNullable<v.InferOutput<typeof rulesetSchema>["bypass_actors"]>[number];

/** Reads what a repo says about merging. Refused as GitHub refuses; reading rules wants a sign-in that may see them. */
export async function readRepoSettings(client: GitHub, slug: Slug): Promise<Outcome<RepoSettings>> {
  const { host, owner, name: repo } = slug;
  try {
    const answer = await client.request("GET /repos/{owner}/{repo}", { owner, repo });
    const read = v.safeParse(repoSchema, answer.data);
    if (!read.success) return { ok: false, refusal: badAnswer(host).refusal };
    const { default_branch: branch, ...flags } = read.output;
    const effective = await client.request("GET /repos/{owner}/{repo}/rules/branches/{branch}", {
      owner,
      repo,
      branch,
    });
    const listed = await client.request("GET /repos/{owner}/{repo}/rulesets", {
      owner,
      repo,
      includes_parents: false,
    });
    const own = v.safeParse(listSchema, listed.data);
    const inForce = v.safeParse(rules, effective.data);
    if (!own.success || !inForce.success) return { ok: false, refusal: badAnswer(host).refusal };
    const ours = own.output.find(({ name }) => name === rulesetName);
    return done({
      autoMerge: flags.allow_auto_merge,
      deleteBranchOnMerge: flags.delete_branch_on_merge,
      squash: flags.allow_squash_merge,
      required: requiredBy(inForce.output),
      ruleset: ours ? await readRuleset(client, slug, ours.id) : null,
    });
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}

async function readRuleset(client: GitHub, { owner, name: repo }: Slug, id: number): Promise<Ruleset> {
  const { data } = await client.request("GET /repos/{owner}/{repo}/rulesets/{ruleset_id}", {
    owner,
    repo,
    ruleset_id: id,
  });
  const { enforcement, rules: all, bypass_actors: actors } = v.parse(rulesetSchema, data);
  return {
    id,
    active: enforcement === "active",
    required: requiredBy(all),
    adminsPass: actors.some(isAdmin),
    rules: all,
    actors,
  };
}

function isAdmin({ actor_id, actor_type, bypass_mode }: Actor): boolean {
  return actor_type === "RepositoryRole" && actor_id === adminRole && bypass_mode === "always";
}

function requiredBy(all: v.InferOutput<typeof rules>): string[] {
  return all.flatMap((rule) => {
    const read = v.safeParse(checksRule, rule);
    return read.success ? read.output.parameters.required_status_checks.map(({ context }) => context) : [];
  });
}

/** Sets how the repo merges; nothing else of its settings is touched. */
export async function setMerging(
  client: GitHub,
  { host, owner, name: repo }: Slug,
  wanted: { readonly autoMerge?: true; readonly deleteBranchOnMerge?: true; readonly squash?: true },
): Promise<Outcome<null>> {
  try {
    await client.request("PATCH /repos/{owner}/{repo}", {
      owner,
      repo,
      ...(wanted.autoMerge ? { allow_auto_merge: true } : {}),
      ...(wanted.deleteBranchOnMerge ? { delete_branch_on_merge: true } : {}),
      ...(wanted.squash ? { allow_squash_merge: true } : {}),
    });
    return done(null);
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}

/**
 * Makes the default branch wait for these checks, with the way past it open for admins. `byActions`: checks that only
 * GitHub Actions may give; others come from persons' own sign-ins.
 */
export async function requireChecks(
  client: GitHub,
  { host, owner, name: repo }: Slug,
  known: Ruleset | null,
  checks: readonly { readonly context: string; readonly byActions: boolean }[],
): Promise<Outcome<null>> {
  const admins = { actor_id: adminRole, actor_type: "RepositoryRole", bypass_mode: "always" };
  const waiting = {
    type: "required_status_checks",
    parameters: {
      strict_required_status_checks_policy: false,
      required_status_checks: checks.map(({ context, byActions }) => ({
        context,
        ...(byActions ? { integration_id: actionsApp } : {}),
      })),
    },
  };
  const others = (known?.rules ?? []).filter((rule) => !("type" in rule && rule.type === waiting.type));
  // Sent as text: what GitHub has there may be of kinds that its client does not know yet.
  const body = {
    name: rulesetName,
    target: "branch",
    enforcement: "active",
    conditions: { ref_name: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
    bypass_actors: known?.adminsPass ? known.actors : [...(known?.actors ?? []), admins],
    rules: [...others, waiting],
  };
  const where = `/repos/${owner}/${repo}/rulesets`;
  try {
    await client.request(known ? `PUT ${where}/${known.id}` : `POST ${where}`, body);
    return done(null);
  } catch (error) {
    return { ok: false, refusal: faultOf(error, host, true).refusal };
  }
}
