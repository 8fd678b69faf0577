import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { greenWeightAt } from "../definition/ladder.ts";
import { definitionDigest, append, type LedgerEntry } from "../definition/ledger.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem } from "../definition/system.ts";
import type { Weights } from "../definition/traffic.ts";
import type { DerivedTransition } from "../definition/transition.ts";
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
 * its time and commit are taken there: in a preview the entry is unknown, so that a plan saved then does
 * not bind what is only known afterwards.
 */
export const ledgerOutput = (args: LedgerOutputArgs): pulumi.Output<readonly LedgerEntry[]> => {
  const { system, environment, entries, derived, weights } = args;
  if (derived.recorded) return weights.apply(() => entries);
  // `unknown` carries no element type, whatever it stands for.
  if (pulumi.runtime.isDryRun()) return pulumi.output(pulumi.unknown as never);
  const running = commit();
  return weights.apply(async ({ green }) => {
    if (green !== greenWeightAt(system, derived.transition.to)) return entries;
    return append(entries, {
      system: system.name,
      from: derived.transition.from,
      to: derived.transition.to,
      at: await timeNow(environment),
      definition: definitionDigest(system),
      commit: await running,
    });
  });
};

/** The commit checked out here; empty where there is none. */
const commit = async (): Promise<string> => {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], {
      cwd: import.meta.dirname,
    });
    return stdout.trim();
  } catch {
    return "";
  }
};
