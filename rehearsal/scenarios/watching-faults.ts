import type { SystemDefinition } from "../../definition/system.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import { left, leftWithTraffic } from "./stages.ts";

/** What watches the cutover. */
export const watchingFaults: FaultsOf = (system) => [
  {
    name: "metrics-silent",
    sentence: "The source of metrics stops answering.",
    stages: left(system),
    moment: "during",
    disturbances: [{ kind: "metrics", state: "silent" }],
    expects: {
      outcome: "refused",
      because: "A gate that cannot learn its fact refuses.",
      refusedBy: ["live-health", "alarms-quiet", "safe-side"],
    },
  },
  {
    name: "metrics-nan",
    sentence: "Every metric turns into NaN.",
    stages: leftWithTraffic(system),
    moment: "during",
    disturbances: [{ kind: "metrics", state: "poisoned" }],
    expects: {
      outcome: "refused",
      because: "A value that is no number is no fact.",
      refusedBy: ["live-health", "alarms-quiet", "safe-side", "observed-share"],
    },
  },
  alarmFiring(system),
];

const alarmFiring = (system: SystemDefinition): Fault => {
  // An alarm that orders the way back would end the night otherwise.
  const investigated = system.thresholds.filter(({ breach }) => breach === "investigate");
  const threshold =
    investigated.find(({ measure }) => measure === "p95-latency") ?? investigated[0];
  return {
    name: "alarm-firing",
    sentence: `The alarm on ${threshold?.title ?? "nothing"} fires before the next move.`,
    stages: threshold === undefined ? [] : left(system),
    moment: "during",
    disturbances:
      threshold === undefined ? [] : [{ kind: "alarm", threshold: threshold.name, state: "Alert" }],
    expects: {
      outcome: "refused",
      because: "Nothing moves forward under a firing alarm.",
      refusedBy: ["alarms-quiet"],
    },
  };
};
