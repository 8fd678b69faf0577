import { stat } from "node:fs/promises";
import type { LedgerEntry } from "../../definition/ledger.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { backendFiles } from "../../engine/backend-files.ts";
import type { Engine, LockHolder, Workspace } from "../../engine/engine.ts";
import { ledgerIn } from "../../operator/stack.ts";

/** What a look at a stack from outside finds. */
export interface StackSight {
  /** The process that works on the stack now. */
  readonly updating: LockHolder | undefined;
  readonly moves: readonly LedgerEntry[];
}

/** Looks at a stack that somebody else updates, with whichever engine. */
export class StackWatch {
  readonly #workspace: Workspace;
  readonly #definition: SystemDefinition;
  readonly #engine: Engine;
  readonly #state: string;
  #writtenAt = 0;
  #moves: readonly LedgerEntry[] = [];

  constructor(workspace: Workspace, definition: SystemDefinition, engine: Engine) {
    this.#workspace = workspace;
    this.#definition = definition;
    this.#engine = engine;
    this.#state = backendFiles(workspace.backendUrl, "cutover", workspace.stack)?.state ?? "";
  }

  /** A look that costs next to nothing while nobody has written. */
  async look(): Promise<StackSight> {
    const [holder] = await Promise.all([this.#holder(), this.#readMoves()]);
    return { updating: holder?.dead === true ? undefined : holder, moves: this.#moves };
  }

  /** Whoever else reads the lock may meet it half written: the next look tells. */
  async #holder(): Promise<LockHolder | undefined> {
    return this.#engine.lockHolder(this.#workspace).catch(() => undefined);
  }

  async #readMoves(): Promise<void> {
    const { mtimeMs } = await stat(this.#state).catch(() => ({ mtimeMs: 0 }));
    if (mtimeMs === this.#writtenAt) return;
    try {
      const outputs = await this.#engine.outputs(this.#workspace);
      this.#moves = ledgerIn(outputs, { definition: this.#definition }).entries;
      this.#writtenAt = mtimeMs;
    } catch {
      // A stack file that is being edited, for example. What was known stays until it can be read again.
    }
  }
}
