import * as v from "valibot";

const oid = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));

const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.readonly());

const commit = v.object({
  oid,
  subject: v.string(),
  fate: v.picklist(["landed", "open", "empty", "reverted"]),
  landedAs: v.nullable(oid),
  proof: v.nullable(v.picklist(["ancestor", "replayed", "absorbed", "pull-request", "contained"])),
});

/** What is known of one head against one target; follows from the two and the pull requests alone. */
export const factsSchema = v.variant("kind", [
  /** The head is a commit of the target's own first-parent line. */
  v.object({ kind: v.literal("on-line") }),
  /** The target merged the head, as `as`; `standing`: and still has what came with it. */
  v.object({ kind: v.literal("merged"), as: oid, standing: v.boolean(), own: v.number() }),
  v.object({
    kind: v.literal("own"),
    commits: list(commit),
    resolutions: list(oid),
    how: v.picklist(["ancestor", "squash", "rebase", "pull-request", "contained"]),
  }),
]);
export type Facts = v.InferOutput<typeof factsSchema>;

/** As they lie in the cache: with what they depend on, to tell whether a newer target can change them. */
export const storedFactsSchema = v.object({
  facts: factsSchema,
  target: oid,
  /** The head's own commits, all of them. */
  own: list(oid),
  /** Paths whose change on the target may change the facts. */
  paths: list(v.string()),
});
export type StoredFacts = v.InferOutput<typeof storedFactsSchema>;
