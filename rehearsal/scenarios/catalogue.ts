import type { Fault } from "./fault.ts";
import { first, left, leftWithTraffic, shared, skippable, withTraffic } from "./stages.ts";

const route = "kubernetes:networking.istio.io/v1:VirtualService";
const ordersRollback = ["error-rate", "failed-requests"];

/** Every fault that a rehearsal can inject. */
export const faults: readonly Fault[] = [
  {
    name: "error-spike",
    sentence: "Green answers one request in twenty with an error.",
    stages: withTraffic,
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { errorShare: 0.05 } }],
    expects: {
      outcome: "rolled-back",
      because: "The error rate orders the way back, and needs nobody's leave.",
      triggeredBy: ordersRollback,
    },
  },
  {
    name: "green-crash-loop",
    sentence: "Every pod of green exits again and again.",
    stages: withTraffic,
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { crashing: true } }],
    expects: {
      outcome: "rolled-back",
      because: "Requests to green fail at the gateway, which orders the way back.",
      triggeredBy: ordersRollback,
    },
  },
  {
    name: "slow-green",
    sentence: "Green takes 600 ms longer for every answer.",
    stages: leftWithTraffic,
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { extraLatencyMilliseconds: 600 } }],
    expects: {
      outcome: "refused",
      because: "Slow answers stop the next move; going back is for people to decide.",
      refusedBy: ["live-health", "alarms-quiet"],
    },
  },
  {
    name: "cpu-saturation",
    sentence: "Green's containers use nearly all of their CPU.",
    stages: leftWithTraffic,
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { extraCpuPercent: 80 } }],
    expects: {
      outcome: "refused",
      because: "CPU above its limit stops the next move.",
      refusedBy: ["live-health", "alarms-quiet"],
    },
  },
  {
    name: "memory-growth",
    sentence: "Green's memory grows by 6 % a minute up to 90 %.",
    stages: leftWithTraffic,
    moment: "during",
    disturbances: [
      {
        kind: "pods",
        side: "green",
        change: { memoryGrowthPercentPerMinute: 6, memoryCeilingPercent: 90 },
      },
    ],
    expects: {
      outcome: "refused",
      because: "Memory above its limit stops the next move.",
      refusedBy: ["live-health", "alarms-quiet"],
    },
  },
  {
    name: "green-never-healthy",
    sentence: "Green's pods start and never turn ready.",
    stages: first,
    moment: "into",
    disturbances: [{ kind: "pods", side: "green", change: { neverReady: true } }],
    expects: {
      outcome: "refused",
      because: "The rollout fails at its deadline and green gets no traffic.",
      updateFails: true,
    },
  },
  {
    name: "migration-failed",
    sentence: "The database migration stops half-way with an error.",
    stages: first,
    moment: "into",
    disturbances: [{ kind: "migrations", failure: "half-applied" }],
    expects: {
      outcome: "refused",
      because: "Green is not deployed on a schema that it does not know, and blue goes on.",
      updateFails: true,
    },
  },
  {
    name: "database-lost",
    sentence: "The database that both sides share stops answering.",
    stages: withTraffic,
    moment: "during",
    disturbances: [{ kind: "database", state: "cut" }],
    expects: {
      outcome: "refused",
      because: "Both sides are down alike: no safe side, so nothing is moved and people are told.",
      refusedBy: ["safe-side"],
    },
  },
  {
    name: "blue-degraded",
    sentence: "Blue answers one request in twenty with an error, and so does green.",
    stages: shared,
    moment: "during",
    disturbances: [
      { kind: "pods", side: "blue", change: { errorShare: 0.05 } },
      { kind: "pods", side: "green", change: { errorShare: 0.05 } },
    ],
    expects: {
      outcome: "refused",
      because: "There is no safe side to go back to, so nothing is moved and people are told.",
      refusedBy: ["safe-side"],
    },
  },
  {
    name: "provider-error",
    sentence: "The API server stores the new weights and its answer is lost.",
    stages: withTraffic,
    moment: "into",
    disturbances: [{ kind: "write", type: route, interruption: "fail-after" }],
    expects: {
      outcome: "completed",
      because: "The update fails half-way, and the same command finishes it.",
      updateFails: true,
    },
  },
  {
    name: "silent-no-op",
    sentence: "The provider confirms the new weights and nothing changes.",
    stages: withTraffic,
    moment: "into",
    disturbances: [{ kind: "write", type: route, interruption: "no-op" }],
    expects: {
      outcome: "refused",
      because: "A stage is reached when traffic says so, and it does not.",
      refusedBy: ["observed-share", "read-back"],
    },
  },
  {
    name: "metrics-silent",
    sentence: "The source of metrics stops answering.",
    stages: left,
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
    stages: leftWithTraffic,
    moment: "during",
    disturbances: [{ kind: "metrics", state: "poisoned" }],
    expects: {
      outcome: "refused",
      because: "A value that is no number is no fact.",
      refusedBy: ["live-health", "alarms-quiet", "safe-side", "observed-share"],
    },
  },
  {
    name: "alarm-firing",
    sentence: "The alarm on response times fires before the next move.",
    stages: left,
    moment: "during",
    disturbances: [{ kind: "alarm", threshold: "p95-latency", state: "Alert" }],
    expects: {
      outcome: "refused",
      because: "Nothing moves forward under a firing alarm.",
      refusedBy: ["alarms-quiet"],
    },
  },
  {
    name: "killed-update",
    sentence: "The process that updates is killed while the weights are being written.",
    stages: withTraffic,
    moment: "into",
    disturbances: [{ kind: "write", type: route, interruption: { delayMilliseconds: 1_500 } }],
    misstep: "is killed while updating",
    expects: {
      outcome: "completed",
      because: "The dead process's lock is cleared, and the same command finishes the move.",
      updateFails: true,
    },
  },
  {
    name: "operator-skips-stage",
    sentence: "The operator sets the value of the stage after the next, twice.",
    stages: skippable,
    moment: "during",
    disturbances: [],
    misstep: "skips a stage",
    expects: {
      outcome: "refused",
      because: "One step forward at a time, however often it is tried.",
      refusedBy: ["ladder"],
    },
  },
  {
    name: "weights-edited",
    sentence: "Somebody patches the route by hand to 30 % on green.",
    stages: left,
    moment: "during",
    disturbances: [{ kind: "weights by hand", green: 30 }],
    expects: {
      outcome: "refused",
      because: "The route does not carry the weights of the stage, so the ladder does not go on.",
      refusedBy: ["read-back", "observed-share"],
    },
  },
];
