import * as v from "valibot";
import type { DiffEntry } from "../git/diffTrees";
import type { MetFile, PairAnswer } from "./judge";

export const oidSchema = v.pipe(v.string(), v.regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/));

const entry = v.nullable(v.object({ mode: v.pipe(v.string(), v.regex(/^\d{6}$/)), oid: oidSchema }));
const change: v.GenericSchema<unknown, DiffEntry> = v.object({
  path: v.string(),
  movedFrom: v.nullable(v.string()),
  old: entry,
  new: entry,
});

/** A branch's changes as the cache gives them back; what does not fit counts as absent. */
export const changesSchema = v.array(change);

const line = v.pipe(v.number(), v.integer(), v.minValue(1));
const ranges = v.array(v.tuple([line, line]));
const file: v.GenericSchema<unknown, MetFile> = v.object({
  a: v.string(),
  b: v.string(),
  meeting: v.picklist(["lines", "apart", "whole", "deleted", "moved", "added", "place"]),
  by: v.nullable(v.picklist(["a", "b", "both"])),
  conflict: v.boolean(),
  aRanges: ranges,
  bRanges: ranges,
});

export const answerSchema: v.GenericSchema<unknown, PairAnswer> = v.object({
  tried: v.boolean(),
  files: v.array(file),
  more: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** Names that files were moved from and to, in pairs. */
export const renamesSchema = v.array(v.tuple([v.string(), v.string()]));
