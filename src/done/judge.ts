import { type Gate, type GateId, gateIds, type Place, type Waiver } from "../model/done";
import { type DoneConfig, levelOf } from "./config";
import { count, type Found, pass, skip } from "./found";
import { waive } from "./waivers";

/** What was found, what excuses some of it, and how strict the repo is. */
export interface Findings {
  readonly found: Readonly<Record<GateId, Found>>;
  /** What a reviewer found on a gate's matter. */
  readonly read: (gate: GateId) => readonly Place[];
  readonly said: readonly Waiver[];
  readonly config: DoneConfig;
}

/** Turns what the rules found into gates. What a reviewer found nobody but a person excuses, by overruling it. */
export function judge({ found, read, said, config }: Findings): Gate[] {
  return gateIds.map((id) => {
    const level = levelOf(config, id);
    if (level === "off") return { id, ...skip("It is switched off."), waivers: [] };
    const { found: left, waivers } = waive(id, found[id], said, config.waivers);
    const excused = waivers.length > 0 && left.where.length === 0;
    const places = read(id);
    if (excused && places.length === 0) return { id, ...left, fix: null, status: "waived", waivers };
    const all = withFindings(excused ? pass("The rest is excused.") : left, places);
    const soft = level === "warn" && (all.status === "fail" || all.status === "unknown");
    return { id, ...all, status: soft ? "warn" : all.status, waivers };
  });
}

/** A rule's answer with what a reviewer found on the same matter. */
function withFindings(found: Found, places: readonly Place[]): Found {
  if (places.length === 0) return found;
  const said = `A reviewer raised ${count(places.length, "finding")} about it.`;
  const fix = "Put it right, or overrule the finding with a reason.";
  if (found.status !== "fail") return { status: "fail", message: said, fix, where: places };
  return {
    ...found,
    message: `${found.message} ${said}`,
    fix: `${found.fix} ${fix}`,
    where: [...found.where, ...places],
  };
}

export function verdictOf(gates: readonly Pick<Gate, "status">[]): "done" | "not-done" | "unknown" {
  if (gates.some(({ status }) => status === "fail")) return "not-done";
  return gates.some(({ status }) => status === "unknown") ? "unknown" : "done";
}
