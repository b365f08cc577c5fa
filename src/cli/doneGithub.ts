import type { DoneDocument, Gate } from "../model/done";
import { type AnnotationLevel, annotation } from "./annotation";

const levels: Readonly<Partial<Record<Gate["status"], AnnotationLevel>>> = {
  fail: "error",
  unknown: "error",
  warn: "warning",
  waived: "notice",
};

/** GitHub workflow commands: an annotation a place, and one for a gate without any. */
export function doneGithub({ gates, notes }: DoneDocument): string {
  const lines = gates.flatMap(({ id, status, message, fix, where, waivers }) => {
    const level = levels[status];
    if (level === undefined) return [];
    const title = `Done: ${id}`;
    const excuses = waivers.map(({ reason, from }) => `Waived by ${from}: ${reason}`);
    if (where.length === 0)
      return [
        annotation(level, null, title, [message, ...excuses, ...(fix === null ? [] : [fix])].join("\n")),
      ];
    return where.map(({ path, line, message: what, url }) => {
      const text = [what, ...(url === undefined ? [] : [url]), ...(fix === null ? [] : [fix]), ...excuses];
      return annotation(level, path === null ? null : { path, line }, title, text.join("\n"));
    });
  });
  const told = notes.map(({ path, detail }) =>
    annotation("warning", path === null ? null : { path, line: null }, "Done", detail),
  );
  return [...lines, ...told].map((line) => `${line}\n`).join("");
}
