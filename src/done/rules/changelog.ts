import path from "node:path/posix";
import type { Place } from "../../model/done";
import { type Change, present } from "../change";
import type { GateConfig } from "../config";
import { type Found, fail, pass, skip } from "../found";
import { isSource, matcher } from "../kinds";
import { type Title, titlesOf } from "../titles";

const fragments = ["changelog.d", "newsfragments", ".changes", "changes.d", "changelogs/unreleased"];
const changelog = /(^|\/)(changelog|changes|history|news|releases)(\.(md|rst|txt|adoc))?$/i;
// These write the changelog from the titles.
const releaseTools =
  /^(release-please-config\.json|\.release-please-manifest\.json|\.releaserc(\.\w+)?|release\.config\.\w+|\.versionrc(\.\w+)?|cliff\.toml|cog\.toml|\.cz\.(toml|json))$/;

/** Is there an entry for what users will notice, in whatever way the repo keeps its changelog. */
export function changelogRule(change: Change, { types, code }: GateConfig["changelog"]): Found {
  const { after } = change;
  const counts = code ? matcher(code) : isSource;
  const titles = titlesOf(change, counts);
  const sources = change.files.filter(({ path: file, oldPath }) => counts(file) || counts(oldPath));
  if (sources.length === 0) return skip("Nothing that users get is changed.");
  const worth = titles.filter(({ type, breaking }) => breaking || type === null || types.includes(type));
  if (after.has(".changeset/config.json"))
    return worth.length === 0 ? quiet(types) : fragment(change, ".changeset", "npx changeset");
  const folder = fragments.find((each) => [...after].some((file) => file.startsWith(`${each}/`)));
  if (folder !== undefined)
    return worth.length === 0 ? quiet(types) : fragment(change, folder, `a file in ${folder}`);
  if ([...after].some((file) => releaseTools.test(file))) return conventional(titles);
  const files = [...after].filter((file) => changelog.test(file) && isNear(file, sources));
  if (files.length === 0) return skip("The repo keeps no changelog.");
  return worth.length === 0 ? quiet(types) : entry(change, files, worth);
}

function quiet(types: readonly string[]): Found {
  return skip(`Nothing of it is called ${types.join(", ")} or breaking, so no entry is asked for.`);
}

function fragment(change: Change, folder: string, how: string): Found {
  const added = present(change).some(
    ({ path: file, status }) =>
      file.startsWith(`${folder}/`) && status !== "changed" && !/README|config\./i.test(path.basename(file)),
  );
  if (added) return pass(`It has an entry in ${folder}.`);
  const place = { path: null, line: null, message: `No file was added in ${folder}.` };
  return fail("The change has no changelog entry.", `Add one: ${how}.`, [place]);
}

/** Where the titles become the changelog, each has to be readable. */
function conventional(titles: readonly Title[]): Found {
  const bad = titles.filter(({ type }) => type === null);
  if (bad.length === 0) return pass("The titles are what the changelog is made of.");
  const where = bad.map(({ text, commit }): Place => {
    const what = commit === null ? "The pull request's title" : `The subject of ${commit}`;
    return { path: null, line: null, message: `${what} has no type: ${text}` };
  });
  return fail(
    "The changelog is made of titles, and not all of them can be read.",
    "Write them as Conventional Commits, such as: fix(export): quote commas",
    where,
  );
}

function entry(change: Change, files: readonly string[], worth: readonly Title[]): Found {
  const written = present(change).some(
    ({ path: file, added }) => files.includes(file) && added.some(({ text }) => /^(?!#)\S|^\s+\S/.test(text)),
  );
  if (written) return pass("The changelog has an entry.");
  // The nearest is the longest path.
  const [file = ""] = [...files].sort((a, b) => b.length - a.length);
  const line = (change.read(file) ?? "").split("\n").findIndex((text) => /^#+ .*unreleased/i.test(text));
  const what = worth[0]?.text ?? "";
  return fail("The change has no changelog entry.", `Add a line to ${file} that users understand.`, [
    { path: file, line: line < 0 ? null : line + 1, message: `Nothing here tells of: ${what}` },
  ]);
}

/** The repo's own, or one of a package that the change is in. */
function isNear(file: string, sources: readonly { readonly path: string }[]): boolean {
  const folder = path.dirname(file);
  return (
    folder === "." || folder === "docs" || sources.some((source) => source.path.startsWith(`${folder}/`))
  );
}
