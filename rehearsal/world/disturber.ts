import type { NamedDeployment } from "../../definition/readiness.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { weightedBy } from "../../policies/traffic/weighted-resources.ts";
import type { CutoverClock } from "../clock.ts";
import type { Interruptions } from "../providers/interruptions.ts";
import type { Behaviour, Side } from "./behaviour.ts";
import type { WorldData } from "./data/world-data.ts";
import type { Disturbance } from "./disturbance.ts";
import type { ToldFigures } from "./figures/told-figures.ts";
import type { ToldMetrics } from "./figures/told-metrics.ts";
import { thresholdOf } from "./monitoring/threshold-of.ts";
import type { Monitoring } from "./monitoring/monitoring.ts";
import type { Monitor } from "./monitoring/monitors.ts";
import type { TrafficFront } from "./traffic-front.ts";

/** The parts of a world in which something can go wrong. */
export interface DisturbedParts {
  readonly system: SettledSystem;
  readonly clock: CutoverClock;
  readonly behaviours: Readonly<Record<Side, Behaviour>>;
  readonly data: WorldData;
  readonly interruptions: Interruptions;
  readonly monitoring: Monitoring;
  readonly figures: ToldFigures;
  readonly metrics: ToldMetrics;
  readonly front: TrafficFront;
  /** Turns maintenance on past the config. */
  readonly beginMaintenance: () => void;
  readonly takeDown: (deployment: NamedDeployment) => void;
}

/** Lets disturbances happen to the parts of a world. */
export const disturber =
  ({
    system,
    clock,
    behaviours,
    data,
    interruptions,
    monitoring,
    figures,
    metrics,
    front,
    beginMaintenance,
    takeDown,
  }: DisturbedParts) =>
  async (disturbance: Disturbance): Promise<void> => {
    switch (disturbance.kind) {
      case "pods":
        Object.assign(behaviours[disturbance.side], disturbance.change);
        return;
      case "database":
        if (disturbance.state === "cut") data.cut();
        else data.restore();
        return;
      case "migrations":
        data.failMigrations(disturbance.failure);
        return;
      case "sync":
        data.copying?.stall(disturbance.state === "stalled");
        return;
      case "final sync":
        data.copying?.failFinalSync(disturbance.failure);
        return;
      case "changes missed":
        await data.copying?.missChanges();
        return;
      case "row changed":
        await data.copying?.changeRow();
        return;
      case "write":
        interruptions.next({ type: weightedBy(system.traffic).type }, disturbance.interruption);
        return;
      case "figure":
        figures.tell(disturbance.figure, disturbance.value);
        return;
      case "metric":
        metrics.tell(disturbance.query, disturbance.value);
        return;
      case "metrics":
        if (disturbance.state === "silent") monitoring.agent.silence();
        else monitoring.agent.poison();
        return;
      case "alarm": {
        const { id } = monitorFor(monitoring, disturbance.threshold);
        monitoring.monitors.force(id, disturbance.state, clock.now());
        return;
      }
      case "channels down":
        monitoring.sink.down = true;
        return;
      case "gateway stuck":
        front.freeze();
        return;
      case "weights by hand":
        front.setByHand(disturbance.green);
        return;
      case "route taken":
        front.take(disturbance.marks);
        return;
      case "stickiness by hand":
        front.stick?.();
        return;
      case "maintenance by hand":
        beginMaintenance();
        return;
      case "deployment down":
        takeDown(disturbance.deployment);
        return;
      case "ttl by hand":
        front.putTtlBack?.();
        return;
      case "api throttled":
        front.cloud?.throttle();
    }
  };

const monitorFor = ({ monitors }: Monitoring, threshold: string): Monitor => {
  const found = monitors.list().find((monitor) => thresholdOf(monitor) === threshold);
  if (found === undefined) throw new Error(`no monitor watches ${threshold}`);
  return found;
};
