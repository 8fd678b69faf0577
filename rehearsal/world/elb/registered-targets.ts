import type { CutoverClock } from "../../clock.ts";
import type { PodEndpoint } from "../pods/pod-directory.ts";
import type { LoadBalancing } from "./load-balancing.ts";
import { probeTarget, type ProbeOutcome } from "./target-probe.ts";

/** A target as the API describes it. */
export interface TargetState {
  readonly origin: string;
  readonly state: "initial" | "healthy" | "unhealthy" | "draining" | "unused";
  /** In the API's words; none of a healthy target. */
  readonly reason?: string;
}

interface Target {
  readonly pod: PodEndpoint;
  readonly origin: string;
  state: "initial" | "healthy" | "unhealthy" | "draining";
  reason: string | undefined;
  /** Checks in a row that disagreed with the state. */
  against: number;
  readonly removed: AbortController;
}

const checking = "Elb.InitialHealthChecking";
const draining = "Target.DeregistrationInProgress";
const notInUse = "Target.NotInUse";

/** The targets of every target group: registered, looked after by real requests, and drained. */
export class RegisteredTargets {
  readonly #elb: LoadBalancing;
  readonly #clock: CutoverClock;
  readonly #groups = new Map<string, Map<string, Target>>();
  readonly #stopFollowing: () => void;

  constructor(elb: LoadBalancing, clock: CutoverClock) {
    this.#elb = elb;
    this.#clock = clock;
    // A group that a rule takes up is looked after from then on.
    this.#stopFollowing = elb.onChange(() => {
      for (const [arn, targets] of this.#groups) {
        for (const target of targets.values()) {
          if (target.state === "initial") void this.#look(arn, target);
        }
      }
    });
  }

  /** Registers these pods and no others: who is left out gets no new request, and goes when it has drained. */
  register(groupArn: string, pods: readonly PodEndpoint[]): void {
    const targets = this.#groups.get(groupArn) ?? new Map<string, Target>();
    this.#groups.set(groupArn, targets);
    const wanted = new Map(
      pods.flatMap((pod) => (pod.origin === undefined ? [] : [[pod.origin, pod] as const])),
    );
    for (const [origin, target] of targets) {
      if (!wanted.has(origin) && target.state !== "draining") this.#drain(groupArn, target);
    }
    for (const [origin, pod] of wanted) {
      const known = targets.get(origin);
      if (known === undefined || known.state === "draining") this.#add(groupArn, pod, origin);
    }
  }

  /** Who gets the next requests: the healthy ones, and where there are none all that are unhealthy. */
  inRotation(groupArn: string): readonly PodEndpoint[] {
    const targets = this.#targetsOf(groupArn);
    const healthy = targets.filter(({ state }) => state === "healthy");
    const open =
      healthy.length > 0 ? healthy : targets.filter(({ state }) => state === "unhealthy");
    return open.map(({ pod }) => pod);
  }

  describe(groupArn: string): readonly TargetState[] {
    const used = this.#elb.inUse(groupArn);
    return this.#targetsOf(groupArn).map(({ origin, state, reason }) =>
      used || state === "draining"
        ? { origin, state, ...(reason !== undefined && { reason }) }
        : { origin, state: "unused", reason: notInUse },
    );
  }

  stop(): void {
    this.#stopFollowing();
    for (const targets of this.#groups.values()) {
      for (const { removed } of targets.values()) removed.abort();
    }
  }

  #targetsOf(groupArn: string): readonly Target[] {
    return [...(this.#groups.get(groupArn)?.values() ?? [])];
  }

  #add(groupArn: string, pod: PodEndpoint, origin: string): void {
    const targets = this.#groups.get(groupArn);
    targets?.get(origin)?.removed.abort();
    const target: Target = {
      ...{ pod, origin, state: "initial", reason: checking, against: 0 },
      removed: new AbortController(),
    };
    targets?.set(origin, target);
    const { intervalSeconds } = this.#elb.targetGroup(groupArn).healthCheck;
    const stop = this.#clock.every(intervalSeconds * 1_000, () => this.#look(groupArn, target));
    target.removed.signal.addEventListener("abort", stop);
    void this.#look(groupArn, target);
  }

  #drain(groupArn: string, target: Target): void {
    target.state = "draining";
    target.reason = draining;
    const { deregistrationDelaySeconds } = this.#elb.targetGroup(groupArn);
    const { signal } = target.removed;
    void this.#clock.sleep(deregistrationDelaySeconds * 1_000, signal).then(() => {
      if (signal.aborted) return;
      target.removed.abort();
      this.#groups.get(groupArn)?.delete(target.origin);
    });
  }

  async #look(groupArn: string, target: Target): Promise<void> {
    if (!this.#elb.inUse(groupArn)) return;
    const { healthCheck } = this.#elb.targetGroup(groupArn);
    const outcome = await probeTarget(target.origin, healthCheck);
    if (target.removed.signal.aborted || target.state === "draining") return;
    const { healthyThreshold, unhealthyThreshold } = healthCheck;
    note(target, outcome, { healthyThreshold, unhealthyThreshold });
  }
}

/** A target that is new needs one good check; any other change needs as many in a row as its group says. */
const note = (
  target: Target,
  { failure }: ProbeOutcome,
  thresholds: { readonly healthyThreshold: number; readonly unhealthyThreshold: number },
): void => {
  const found = failure === undefined ? "healthy" : "unhealthy";
  if (target.state === found) {
    target.against = 0;
    return;
  }
  target.against += 1;
  const threshold =
    found === "unhealthy"
      ? thresholds.unhealthyThreshold
      : target.state === "initial"
        ? 1
        : thresholds.healthyThreshold;
  if (target.against < threshold) return;
  target.state = found;
  target.reason = failure;
  target.against = 0;
};
