import { rung } from "../definition/ladder.ts";
import { ttlAt } from "../definition/names.ts";
import { shortestWatch } from "../definition/shortest-watch.ts";
import type { Stage } from "../definition/stage.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Duration } from "../definition/units.ts";

/**
 * How long a stage carries its traffic before anybody thinks of the next one: its soak, and without one so long that
 * the gates of the next move have facts; where it lowers a TTL, the time for which resolvers may keep an answer from
 * before.
 */
export const carryTime = (
  system: Pick<SettledSystem, "ladder" | "config" | "names" | "thresholds" | "alarms">,
  stage: Stage,
): Duration => {
  const before = system.ladder[rung(system, stage.name) - 1];
  const kept = (system.names ?? [])
    .filter(
      (name) =>
        before !== undefined && ttlAt(system, name, stage.name) < ttlAt(system, name, before.name),
    )
    .map(({ ttlAsFound }) => ttlAsFound.milliseconds);
  return {
    milliseconds: Math.max((stage.leave?.soak ?? shortestWatch(system)).milliseconds, ...kept),
  };
};
