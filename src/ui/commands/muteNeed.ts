import type { NeedArgument } from "../manifest";
import type { Services } from "./services";

/** Takes an entry out of the count until there is something else to decide about it. */
export async function muteNeed(services: Services, argument?: NeedArgument): Promise<void> {
  await note(services, argument, "muted");
}

export async function unmuteNeed(services: Services, argument?: NeedArgument): Promise<void> {
  await note(services, argument, "unmuted");
}

async function note(
  { fleets }: Services,
  argument: NeedArgument | undefined,
  event: "muted" | "unmuted",
): Promise<void> {
  await fleets.open();
  const fleet = fleets.all.find(({ repo }) => repo.commonDir === argument?.repo);
  const { key, state } = argument ?? {};
  if (fleet && typeof key === "string" && typeof state === "string")
    await fleet.note(event, [{ key, state }]);
}
