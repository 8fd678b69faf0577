import { partOf, readLedger, type LedgerReading } from "../definition/ledger.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import type { SettledSystem, SystemDefinition } from "../definition/system.ts";
import type { Engine, Workspace } from "../engine/engine.ts";

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

/** The system's history in the stack's outputs. */
export const ledgerIn = (
  outputs: Readonly<Record<string, unknown>>,
  { definition }: Pick<OperatedSystem, "definition">,
): LedgerReading => readLedger(definition.name, partOf(outputs["ledger"], definition.name));
