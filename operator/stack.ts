import { setTimeout as sleep } from "node:timers/promises";
import { partOf, readLedger, type LedgerReading } from "../definition/ledger.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem, SystemDefinition } from "../definition/system.ts";
import type { Engine, Workspace } from "../engine/engine.ts";
import { liveRoute, type LiveRoute } from "../policies/facts/live-route.ts";
import type { Reading } from "../policies/facts/reading.ts";
import { connectionsFor, openSources, type Connections } from "../policies/facts/sources.ts";

/** One system of one stack, with all that is needed to move it. */
export interface OperatedSystem {
  readonly definition: SystemDefinition;
  readonly system: SettledSystem;
  readonly environment: StackEnvironment;
  readonly engine: Engine;
  readonly workspace: Workspace;
  /** Folder of the policy pack. */
  readonly policyPack: string;
  /** Hears what the person at the keyboard should know. */
  readonly onNote: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What a stack's last update left for others to read, by name. */
export type StackOutputs = Readonly<Record<string, unknown>>;

/** The system's history in the stack's outputs. */
export const ledgerIn = (
  outputs: StackOutputs,
  { definition }: Pick<OperatedSystem, "definition">,
): LedgerReading => readLedger(definition.name, partOf(outputs["ledger"], definition.name));

/** Where the facts of a system come from. */
export const connectionsOf = ({
  system,
  environment,
  workspace,
}: Pick<OperatedSystem, "system" | "environment" | "workspace">): Reading<Connections> =>
  connectionsFor({ environment, stack: workspace.stack }, system, workspace.environment);

/**
 * Time now where the stack lives: the wall's, or the cutover clock's of its rehearsal. Unknown is before
 * everything, so that no term ever ends by a clock that does not answer.
 */
export const timeNow = async (
  operated: Pick<OperatedSystem, "system" | "environment" | "workspace">,
): Promise<number> => {
  const connections = connectionsOf(operated);
  const now = connections.known ? await openSources(connections.value).now() : connections;
  return now.known ? now.value : -Infinity;
};

/** How long a gateway gets to take up what was written, wall milliseconds. */
const takenUpWithin = 10_000;

/** The system's route after a write: as soon as it is in force, or as it stands when that takes too long. */
export const routeTakenUp = async (
  operated: Pick<OperatedSystem, "system" | "environment" | "workspace">,
): Promise<Reading<LiveRoute>> => {
  const giveUpAt = performance.now() + takenUpWithin;
  for (;;) {
    const route = await routeOf(operated);
    const waits = route.known && route.value.notInForce !== undefined;
    if (!waits || performance.now() >= giveUpAt) return route;
    await sleep(250);
  }
};

/** The system's route as it is in force. */
export const routeOf = ({
  system,
  environment,
  workspace,
}: Pick<OperatedSystem, "system" | "environment" | "workspace">): Promise<Reading<LiveRoute>> =>
  liveRoute(system, { environment, stack: workspace.stack }, workspace.environment);
