import { postureAt } from "../../definition/ladder.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { sharedDeployments } from "../world/shared-deployments.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import { left, leftWithTraffic, moved } from "./stages.ts";

/** What carries the weights, and who writes them. */
export const trafficFaults: FaultsOf = (system) => [
  {
    name: "provider-error",
    sentence: "The API server stores the new weights and its answer is lost.",
    stages: moved(system),
    moment: "into",
    disturbances: [{ kind: "write", interruption: "fail-after" }],
    expects: {
      outcome: "completed",
      because: "The update fails half-way, and the same command finishes it.",
      updateFails: true,
    },
  },
  {
    name: "api-throttled",
    sentence: "The API of the cloud that carries the weights refuses a call for the rate of calls.",
    stages: hasCloud(system) ? moved(system) : [],
    moment: "into",
    disturbances: [{ kind: "api throttled" }],
    expects: {
      outcome: "completed",
      because: "Who called waits as long as it is told to, and calls again.",
    },
  },
  {
    name: "silent-no-op",
    sentence: "The provider confirms the new weights and nothing changes.",
    stages: moved(system),
    moment: "into",
    disturbances: [{ kind: "write", interruption: "no-op" }],
    expects: {
      outcome: "refused",
      because: "A stage is reached when traffic says so, and it does not.",
      refusedBy: ["observed-share", "read-back"],
    },
  },
  {
    name: "gateway-stuck",
    sentence: "The cluster stores the new weights, and the gateway goes on with the old ones.",
    stages: moved(system),
    moment: "into",
    disturbances: [{ kind: "gateway stuck" }],
    expects: {
      outcome: "refused",
      because: "A stage is reached when traffic says so, and it does not.",
      refusedBy: ["observed-share", "read-back"],
    },
  },
  {
    name: "killed-update",
    sentence: "The process that updates is killed while the weights are being written.",
    stages: moved(system),
    moment: "into",
    disturbances: [{ kind: "write", interruption: { delayMilliseconds: 1_500 } }],
    misstep: "is killed while updating",
    expects: {
      outcome: "completed",
      because: "The dead process's lock is cleared, and the same command finishes the move.",
      updateFails: true,
    },
  },
  {
    name: "weights-edited",
    sentence: "Somebody patches the route by hand to 30 % on green.",
    stages: left(system),
    moment: "during",
    disturbances: [{ kind: "weights by hand", green: 30 }],
    expects: {
      outcome: "refused",
      because: "The route does not carry the weights of the stage, so the ladder does not go on.",
      refusedBy: ["read-back", "observed-share"],
    },
  },
  {
    name: "route-taken",
    sentence: "Another tool begins to manage the route, and would undo what is written there.",
    stages: left(system),
    moment: "during",
    disturbances: [{ kind: "route taken", marks: { "argocd.argoproj.io/tracking-id": "lms" } }],
    expects: {
      outcome: "refused",
      because: "Two owners of one route undo each other, so the ladder does not go on.",
      refusedBy: ["sole-owner"],
    },
  },
  {
    name: "targets-unhealthy",
    sentence:
      "Health checks before green fail, although its pods are ready and answer everybody else.",
    stages: isLoadBalancer(system) ? leftWithTraffic(system) : [],
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { failsBalancerChecks: true } }],
    expects: {
      outcome: "refused",
      because:
        "Health is stronger than weights there, so these are not in force until green is well.",
      refusedBy: ["read-back", "observed-share"],
    },
  },
  {
    name: "clients-stick",
    sentence: "Somebody makes clients stay with the side that they met first.",
    stages: isLoadBalancer(system) ? left(system) : [],
    moment: "during",
    disturbances: [{ kind: "stickiness by hand" }],
    expects: {
      outcome: "refused",
      because: "Who holds the cookie follows no weight, forward or back, so nothing moves.",
      refusedBy: ["read-back"],
    },
  },
  {
    name: "ttl-put-back",
    sentence: "Somebody gives the system's names the TTL back that they had.",
    stages: left(system).filter((stage) => isTtlLowered(system, stage)),
    moment: "during",
    disturbances: [{ kind: "ttl by hand" }],
    expects: {
      outcome: "refused",
      because: "Resolvers may keep an answer for longer than the plan says, so nothing moves.",
      refusedBy: ["ttl-lowered"],
    },
  },
  ...sharedDeployments(system)
    .slice(0, 1)
    .map((deployment): Fault => ({
      name: "platform-down",
      sentence: `All pods of ${deployment.namespace}/${deployment.name}, on which both sides stand, are gone.`,
      stages: system.readiness === undefined ? [] : [system.readiness.toLeave],
      moment: "during",
      disturbances: [{ kind: "deployment down", deployment }],
      expects: {
        outcome: "refused",
        because: "A system is not ready while what both sides stand on is not.",
        refusedBy: ["readiness"],
      },
    })),
];

/** Whether what carries the weights asks both sides how they are, and knows clients by cookies. */
const isLoadBalancer = ({ traffic }: SystemDefinition): boolean =>
  traffic.mechanism === "alb listener rule" || traffic.mechanism === "cloudflare load balancer";

/** Whether a system has names, and the stage sets a TTL for them. */
const isTtlLowered = (system: SystemDefinition, stage: string): boolean =>
  (system.names ?? []).length > 0 && typeof postureAt(system, stage)["ttlSeconds"] === "number";

/** Whether a cloud beside the cluster carries the weights. */
const hasCloud = ({ traffic }: SystemDefinition): boolean =>
  traffic.mechanism !== "istio route" && traffic.mechanism !== "http route";
