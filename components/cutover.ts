import * as pulumi from "@pulumi/pulumi";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { Weights } from "../definition/traffic.ts";
import type { TrafficObject } from "../definition/traffic-object.ts";
import type { Transition } from "../definition/transition.ts";
import type { UnorderedWayBack } from "../definition/unordered-ways-back.ts";

export interface CutoverArgs {
  readonly system: string;
  readonly environment: StackEnvironment;
  /** Digest of the settled definition. */
  readonly definition: string;
  readonly transition: Transition;
  /** Whether the ledger already holds the transition, so that nothing moves. */
  readonly recorded: boolean;
  /** What the traffic resource is given. */
  readonly weights: Weights;
  /** The traffic resource. */
  readonly route: TrafficObject["address"];
  /** Monitor id by threshold name. */
  readonly alarms: pulumi.Input<Record<string, string>>;
  /** Names of the thresholds with a panel. */
  readonly panels: pulumi.Input<readonly string[]>;
  /** When the TTL that the names have at the stage that is left was written; where the system has names. */
  readonly ttlSince?: string;
  /** Ways back that somebody must have reviewed before the next step up; left out where there are none. */
  readonly unordered?: readonly UnorderedWayBack[];
}

/**
 * A system's move from one stage to the next, and the parent of everything that the move touches: the
 * gates judge this component, and while they refuse it none of its children reaches a provider.
 */
export class Cutover extends pulumi.ComponentResource {
  static readonly type = "cutover:index:Cutover";

  constructor(name: string, args: CutoverArgs, opts?: pulumi.ComponentResourceOptions) {
    const { recorded, ...inputs } = args;
    super(Cutover.type, name, inputs, {
      ...opts,
      // Gates must know that a transition is in the ledger already, yet an input that said so would make
      // the update after each move show a change. Options are not compared: this one names no input, it
      // is the mark itself.
      ignoreChanges: recorded ? ["recorded"] : [],
    });
    this.registerOutputs({});
  }
}
