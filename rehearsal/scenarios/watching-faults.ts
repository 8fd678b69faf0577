import type { SystemDefinition } from "../../definition/system.ts";
import type { Threshold } from "../../definition/thresholds.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import { callTriggers, errorTriggers, inPercent, namesOf, shareAbove } from "./limits.ts";
import { alarmLeadsBack, left, leftWithTraffic } from "./stages.ts";

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
  alarmSilent(system),
  channelsDown(system),
];

/** An alarm that only asks to be looked at, on latency where there is one. */
const investigated = ({ thresholds }: SystemDefinition): Threshold | undefined => {
  const all = thresholds.filter(({ breach }) => breach === "investigate");
  return all.find(({ measure }) => measure === "p95-latency") ?? all[0];
};

const alarmFiring = (system: SystemDefinition): Fault => {
  // An alarm that orders the way back would end the night otherwise.
  const threshold = investigated(system);
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

const alarmSilent = (system: SystemDefinition): Fault => {
  const threshold = investigated(system);
  return {
    name: "alarm-silent",
    sentence: `The alarm on ${threshold?.title ?? "nothing"} has no data before the next move.`,
    // Where nothing is measured an alarm without data is right.
    stages:
      threshold === undefined
        ? []
        : leftWithTraffic(system).filter((stage) => threshold.at?.includes(stage) ?? true),
    moment: "during",
    disturbances:
      threshold === undefined
        ? []
        : [{ kind: "alarm", threshold: threshold.name, state: "No Data" }],
    expects: {
      outcome: "refused",
      because: "An alarm that sees nothing warns of nothing, so nothing moves forward.",
      refusedBy: ["alarms-quiet"],
    },
  };
};

const channelsDown = (system: SystemDefinition): Fault => {
  const triggers = errorTriggers(system);
  const errorShare = shareAbove(triggers);
  return {
    name: "channels-down",
    sentence: `Chat and pagers take no message, and green answers ${inPercent(errorShare)} of its requests with an error.`,
    stages: triggers.length === 0 ? [] : alarmLeadsBack(system),
    moment: "during",
    disturbances: [
      { kind: "channels down" },
      { kind: "pods", side: "green", change: { errorShare } },
    ],
    expects: {
      outcome: "rolled-back",
      because: "The way back waits for nobody to be told; what did not arrive is listed.",
      triggeredBy: namesOf([...triggers, ...callTriggers(system)]),
      messagesLost: true,
    },
  };
};
