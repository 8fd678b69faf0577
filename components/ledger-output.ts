import * as pulumi from "@pulumi/pulumi";
import { greenWeightAt } from "../definition/ladder.ts";
import { definitionDigest, append, type LedgerEntry } from "../definition/ledger.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Weights } from "../definition/traffic.ts";
import type { DerivedTransition } from "../definition/transition.ts";
import { takeVerdicts } from "../policies/handed-verdicts.ts";
import { runningUpdate } from "./running-update.ts";
import { timeNow } from "./world.ts";

export interface LedgerOutputArgs {
  readonly system: SettledSystem;
  readonly environment: StackEnvironment;
  readonly entries: readonly LedgerEntry[];
  readonly derived: DerivedTransition;
  /** The weights in force, as the traffic resource reports them after the write. */
  readonly weights: pulumi.Output<Weights>;
}

/**
 * The history after this update. A move is added only when the traffic resource reports its weights, and
 * its time and what is known of the update are taken there: in a preview the entry is unknown, so that a
 * plan saved then does not bind what is only known afterwards.
 */
export const ledgerOutput = (args: LedgerOutputArgs): pulumi.Output<readonly LedgerEntry[]> => {
  const { system, environment, entries, derived, weights } = args;
  if (derived.recorded) return weights.apply(() => entries);
  // `unknown` carries no element type, whatever it stands for.
  if (pulumi.runtime.isDryRun()) return pulumi.output(pulumi.unknown as never);
  const running = (updateRunning ??= runningUpdate(process.env));
  return weights.apply(async ({ green }) => {
    const { from, to, sequence, follows } = derived.transition;
    if (green !== greenWeightAt(system, to)) return entries;
    const move = { system: system.name, stack: pulumi.getStack(), from, to, sequence, follows };
    return append(entries, {
      ...{ system: system.name, from, to },
      at: await timeNow(environment),
      definition: definitionDigest(system),
      ...(await running),
      ...(await takeVerdicts(move, performance.timeOrigin, process.env)),
    });
  });
};

/** Asked once for all systems. */
let updateRunning: ReturnType<typeof runningUpdate> | undefined;
