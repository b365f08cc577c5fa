import { colourOf, type SelfCheck } from "../../model/selfCheck";
import { type Found, fail, pass, skip, unknown } from "../found";

/** Did the project's own checks pass on these very files. */
export function checks(last: SelfCheck | null, required: boolean): Found {
  const fix = "Run them: agent-foreman review runs them first.";
  const colour = last && colourOf(last);
  if (last && colour === "green")
    return pass(`${last.parts.map(({ name }) => name).join(", ")} passed here.`);
  if (last && colour === "red") {
    const red = last.parts.filter(({ state }) => state === "failed" || state === "timeout");
    const where = red.map(({ name, command, state }) => ({
      path: null,
      line: null,
      message: `${name} ${state === "timeout" ? "did not end" : "failed"}: ${command.join(" ")}`,
    }));
    return fail("The project's own checks are red.", "Put it right, and run them again.", where);
  }
  const message = last
    ? "Not all of the project's own checks could be run here"
    : "The project's own checks were not run here";
  return required ? unknown(`${message}.`, fix) : skip(`${message}, and need not be.`);
}
