import type { SystemDefinition } from "../../definition/system.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import {
  callTriggers,
  endingBy,
  errorTriggers,
  highestLimit,
  inPercent,
  namesOf,
  shareAbove,
} from "./limits.ts";
import { alarmLeadsBack, first, leftWithTraffic, shared } from "./stages.ts";

/** Sick pods. */
export const healthFaults: FaultsOf = (system) => [
  errorSpike(system),
  crashLoop(system),
  slowGreen(system),
  cpuSaturation(system),
  memoryGrowth(system),
  {
    name: "green-never-healthy",
    sentence: "Green's pods start and never turn ready.",
    stages: first(system),
    moment: "into",
    disturbances: [{ kind: "pods", side: "green", change: { neverReady: true } }],
    expects: {
      outcome: "refused",
      because: "The rollout fails at its deadline and green gets no traffic.",
      updateFails: true,
    },
  },
  blueDegraded(system),
];

const errorSpike = (system: SystemDefinition): Fault => {
  const triggers = errorTriggers(system);
  const errorShare = shareAbove(triggers);
  return {
    name: "error-spike",
    sentence: `Green answers ${inPercent(errorShare)} of its requests with an error.`,
    stages: triggers.length === 0 ? [] : alarmLeadsBack(system),
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { errorShare } }],
    expects: {
      outcome: "rolled-back",
      because: "The error rate orders the way back, and needs nobody's leave.",
      // Every kind of call fails: a limit on one of them may be breached first.
      triggeredBy: namesOf([...triggers, ...callTriggers(system)]),
    },
  };
};

const crashLoop = (system: SystemDefinition): Fault => {
  const triggers = errorTriggers(system);
  // Only what sends the requests sees those that nobody answers.
  const isSeen = system.requestMetrics.source === "istio" && triggers.length > 0;
  return {
    name: "green-crash-loop",
    sentence: "Every pod of green exits again and again.",
    stages: isSeen ? alarmLeadsBack(system) : leftWithTraffic(system),
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { crashing: true } }],
    expects: isSeen
      ? {
          outcome: "rolled-back",
          because: "Requests to green fail at the gateway, which orders the way back.",
          triggeredBy: namesOf(triggers),
        }
      : {
          outcome: "refused",
          because: "Green is not ready and nothing is heard of it, so the ladder does not go on.",
          refusedBy: ["green-ready", "live-health", "alarms-quiet", "observed-share"],
        },
  };
};

const slowGreen = (system: SystemDefinition): Fault => {
  const { breached, ...ending } = endingBy(system, "p95-latency");
  const extraLatencyMilliseconds = 1.2 * highestLimit(breached);
  return {
    name: "slow-green",
    sentence: `Green takes ${extraLatencyMilliseconds} ms longer for every answer.`,
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { extraLatencyMilliseconds } }],
    ...ending,
  };
};

/** How far a container's use goes above its limit, percent. */
const above = 10;

const cpuSaturation = (system: SystemDefinition): Fault => {
  const { breached, ...ending } = endingBy(system, "cpu");
  const extraCpuPercent = highestLimit(breached) + above;
  return {
    name: "cpu-saturation",
    sentence: `Green's containers use ${extraCpuPercent} % of their CPU beside what the load takes.`,
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { extraCpuPercent } }],
    ...ending,
  };
};

const memoryGrowth = (system: SystemDefinition): Fault => {
  const { breached, ...ending } = endingBy(system, "memory");
  const memoryCeilingPercent = highestLimit(breached) + above;
  return {
    name: "memory-growth",
    sentence: `Green's memory grows by 6 % a minute up to ${memoryCeilingPercent} %.`,
    moment: "during",
    disturbances: [
      {
        kind: "pods",
        side: "green",
        change: { memoryGrowthPercentPerMinute: 6, memoryCeilingPercent },
      },
    ],
    ...ending,
  };
};

const blueDegraded = (system: SystemDefinition): Fault => {
  const triggers = errorTriggers(system);
  const errorShare = shareAbove(triggers);
  return {
    name: "blue-degraded",
    sentence: `Blue answers ${inPercent(errorShare)} of its requests with an error, and so does green.`,
    stages: triggers.length === 0 ? [] : shared(system),
    moment: "during",
    disturbances: [
      { kind: "pods", side: "blue", change: { errorShare } },
      { kind: "pods", side: "green", change: { errorShare } },
    ],
    expects: {
      outcome: "refused",
      because: "There is no safe side to go back to, so nothing is moved and people are told.",
      refusedBy: ["safe-side"],
    },
  };
};
