import type { CheckDocument, Deletion } from "../../model/check";
import type { Place } from "../../model/done";
import { count, type Found, fail, pass } from "../found";

/** Does the target keep what others shipped. */
export function losses({ losses: lost, conflicts, questions }: CheckDocument): Found {
  const where = [
    ...lost.map(placeOf),
    ...conflicts.map(({ path }) => ({ path, line: null, message: "The merge conflicts here." })),
  ];
  const fix = "agent-foreman check says whose work it is and how to get it back.";
  if (where.length > 0) {
    const parts = [
      ...(lost.length > 0 ? [`would lose work in ${count(lost.length, "file")}`] : []),
      ...(conflicts.length > 0 ? [`conflicts in ${count(conflicts.length, "file")}`] : []),
    ];
    return fail(`The merge ${parts.join(" and ")}.`, fix, where);
  }
  if (questions.length === 0) return pass("The merge loses nothing.");
  const message = `The merge removes recent work in ${count(questions.length, "file")}. Is that meant?`;
  return { status: "warn", message, fix, where: questions.map(placeOf) };
}

function placeOf({ path, headPath, headLine, lines, introducedBy }: Deletion): Place {
  const whose = introducedBy.map(({ subject, author }) => `${subject} by ${author}`).join("; ");
  const what = lines > 0 ? count(lines, "line") : "something";
  const message = `${headPath === null ? `${path}, the whole file` : what} would go${whose ? `, of ${whose}` : ""}.`;
  return { path: headPath ?? path, line: headLine, message };
}
