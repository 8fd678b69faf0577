import { greenWeightAt } from "../../definition/ladder.ts";
import type { SettledSystem, SystemDefinition } from "../../definition/system.ts";
import { limitOf } from "../../definition/thresholds.ts";
import { carryTime } from "../carry-time.ts";
import type { WorldFacts } from "./page/world-facts.ts";

/** What the page says of a system from the first second on. */
export const worldFacts = (
  definition: SystemDefinition,
  system: SettledSystem,
  speed: number,
  commands: readonly string[],
): WorldFacts => ({
  system: definition.name,
  title: definition.title,
  versions: {
    blue: system.environments.blue.version,
    green: system.environments.green.version,
  },
  speed,
  ladder: definition.ladder.map((stage) => ({
    stage: stage.name,
    title: stage.title,
    green: greenWeightAt(definition, stage.name),
    carriesFor: carryTime(system, stage).milliseconds,
  })),
  thresholds: system.thresholds.map((threshold) => {
    const { value, unit } = limitOf(threshold);
    const { name, title, breach } = threshold;
    return { name, title, limit: value, unit, breach };
  }),
  commands,
});
