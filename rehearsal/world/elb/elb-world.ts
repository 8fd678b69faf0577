import type { CutoverClock } from "../../clock.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import type { RegisteredTargets } from "./registered-targets.ts";

/** Elastic Load Balancing as providers and callers of its API see it. */
export interface ElbWorld {
  readonly clock: CutoverClock;
  readonly elb: LoadBalancing;
  readonly targets: RegisteredTargets;
}
