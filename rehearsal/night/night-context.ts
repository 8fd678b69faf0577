import type { SettledSystem, SystemDefinition } from "../../definition/system.ts";
import type { Journal } from "../journal.ts";
import type { Load } from "../load/start-load.ts";
import type { Operator } from "../operator.ts";
import type { RehearsalPeople } from "../people/rehearsal-people.ts";
import type { Progress } from "../progress.ts";
import type { Outcome, RollbackResult } from "../rehearsal-record.ts";
import type { PlannedFault } from "../scenarios/fault.ts";
import type { WorldProcess } from "../world/world-process.ts";

/** Everything that a night works with. */
export interface NightContext {
  readonly definition: SystemDefinition;
  readonly system: SettledSystem;
  readonly planned: readonly PlannedFault[];
  readonly world: WorldProcess;
  readonly operator: Operator;
  readonly people: RehearsalPeople;
  readonly journal: Journal;
  /** Begins the load, once there is something to answer it. */
  readonly startLoad: () => Promise<Load>;
  /** The load, from blue's first answer on. */
  load: Load | undefined;
  /** Part of the example's load that this machine carries. */
  carried: number;
  readonly onProgress: (progress: Progress) => void;
  /** Cutover seconds per wall second while only time must pass. */
  readonly speed: number;
  readonly signal: AbortSignal;
}

/** How a night ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly rollback: RollbackResult | null;
}

/** The ending of a night in which a gate or a failed update stopped the way up. */
export const refusedEnding: Ending = { outcome: "refused", rollback: null };
