import { findPullPlace } from "../fleet/pullPlace";
import { chooseTarget, type Refs, readRefs } from "../git/refs";
import { done, type Outcome, refused } from "../model/outcome";
import { gatewayName, keyName } from "../pipeline/foremanJobs";
import { allSteps, applyPlan, chosen, type Line, makePlan } from "../pipeline/plan";
import type { FileStep } from "../pipeline/planFiles";
import type { SettingStep } from "../pipeline/planSettings";
import type { Answer, Command, Context } from "./command";
import { thisProgram } from "./hooks";
import { printable } from "./words";

export const setup: Command = {
  name: "setup",
  summary: "the pipeline that merges by itself: workflow, settings, and what agents are told",
  usage: "[--dry-run] [--github]",
  help: [
    ["--dry-run", "show what would be written and set, and change nothing"],
    ["--github", "also the repo's settings on GitHub (GITHUB_TOKEN of an admin)"],
    ["--only STEP", `only this step, more than once if need be: ${allSteps.join(", ")}`],
    ["--without STEP", "all but this step"],
    ["--no-review", "without the AI review"],
    ["--from-npm VERSION", "the workflow takes Agent Foreman from npm, instead of a copy in the repo"],
  ],
  options: {
    "dry-run": { type: "boolean" },
    github: { type: "boolean" },
    only: { type: "string", multiple: true },
    without: { type: "string", multiple: true },
    "no-review": { type: "boolean" },
    "from-npm": { type: "string" },
  },
  names: [0, 0],
  async run(context: Context): Promise<Answer> {
    const { repo, values } = context;
    const wanted = wantedSteps(values);
    if (!wanted.ok) return { exitCode: 2, refusal: wanted.refusal };
    if (repo.top === null)
      return {
        exitCode: 2,
        refusal: refused("no-worktree", "There is no worktree here to write into.", "Run it in one.").refusal,
      };
    const version = values["from-npm"];
    if (version !== undefined && !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))
      return { exitCode: 2, refusal: bad("--from-npm takes a whole version, such as 1.2.3.").refusal };
    const review = values["no-review"] !== true;
    const refs = await readRefs(repo);
    const target = chooseTarget(refs);
    const place = values.github === true ? await lineOf(context, refs) : null;
    if (place && !place.ok) return { exitCode: 2, refusal: place.refusal };
    const source =
      version === undefined
        ? { kind: "vendored" as const }
        : { kind: "npm" as const, version: String(version) };
    const wishes = { source, review, cli: thisProgram().cli };
    const plan = await makePlan(repo.top, target?.branch ?? "main", wishes, place?.value ?? null);
    if (!plan.ok) return { exitCode: 2, refusal: plan.refusal };
    const part = chosen(plan.value, wanted.value);
    const dryRun = values["dry-run"] === true;
    const applied = dryRun ? done(null) : await applyPlan(part);
    if (!applied.ok) return { exitCode: 2, refusal: applied.refusal };
    const { files } = part;
    const settings = part.github?.steps ?? null;
    const secrets = review && wanted.value.has("workflow");
    const document = {
      schemaVersion: 1,
      applied: !dryRun,
      files: files.map(({ id, path, state, why }) => ({ id, path, state, why })),
      settings,
      secrets: secrets ? [keyName] : [],
      variables: secrets ? [gatewayName] : [],
    };
    return { exitCode: 0, document, text: setupText(files, settings, dryRun, document.secrets) };
  },
};

function wantedSteps({ only, without }: Context["values"]): Outcome<ReadonlySet<string>> {
  const named = (value: Context["values"][string]) => (Array.isArray(value) ? value.map(String) : []);
  const strange = [...named(only), ...named(without)].find((each) => !allSteps.some((id) => id === each));
  if (strange !== undefined) return bad(`There is no step ${strange}. Steps: ${allSteps.join(", ")}.`);
  const chosen = only === undefined ? [...allSteps] : named(only);
  return done(new Set(chosen.filter((id) => !named(without).includes(id))));
}

function bad(message: string): ReturnType<typeof refused> {
  return refused("bad-arguments", message, "See agent-foreman setup --help.");
}

async function lineOf({ repo }: Context, refs: Refs): Promise<Outcome<Line>> {
  const place = await findPullPlace(repo, refs.remotes, chooseTarget(refs)?.remote ?? null);
  if (!place)
    return refused(
      "no-github",
      "The repo has no remote on a GitHub.",
      "Leave --github out. Nothing was changed.",
    );
  const { gitHubFromEnvironment } = await import("../github/client");
  const client = gitHubFromEnvironment(place.slug, process.env);
  if (!client)
    return refused(
      "no-token",
      `There is no token for ${place.slug.host}.`,
      "Set GITHUB_TOKEN to one of an admin's, or leave --github out. Nothing was changed.",
    );
  return done({ client, slug: place.slug });
}

const fileWords: Readonly<Record<FileStep["state"], readonly [would: string, did: string]>> = {
  new: ["would write", "written"],
  update: ["would bring up to date", "brought up to date"],
  same: ["is as it should be", "is as it should be"],
  kept: ["stays as it is", "stays as it is"],
};

function setupText(
  files: readonly FileStep[],
  settings: readonly SettingStep[] | null,
  dryRun: boolean,
  secrets: readonly string[],
): string {
  const lines = files.map(({ id, path, state, why }) => {
    const words = fileWords[state][dryRun ? 0 : 1];
    return `${id.padEnd(16)} ${printable(path)}: ${words}${why === null ? "" : `: ${printable(why)}`}`;
  });
  const set = (settings ?? []).map(({ id, before, after, state }) =>
    state === "same"
      ? `${id.padEnd(16)} ${printable(after)}`
      : `${id.padEnd(16)} ${printable(before)} → ${printable(after)}${dryRun ? "" : " (set)"}`,
  );
  const notes = [
    ...(settings === null ? ["The settings on GitHub were not looked at; --github does."] : []),
    ...(secrets.length > 0
      ? [`The review needs the secret ${secrets.join(", ")}, and for a gateway the variable ${gatewayName}.`]
      : []),
    ...(dryRun ? ["Nothing was changed."] : []),
  ];
  return `${[[...lines, ...set].join("\n"), notes.join("\n")].filter((part) => part !== "").join("\n\n")}\n`;
}
