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

const missing = { ino: 0, size: 0, mtimeMs: 0 };

/** Looks at a stack that somebody else updates, with whichever engine. */
export class StackWatch {
  readonly #workspace: Workspace;
  readonly #definition: SystemDefinition;
  readonly #engine: Engine;
  readonly #state: string;
  /** Which writing of the state was read last. */
  #read = "";
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
    const { ino, size, mtimeMs } = await stat(this.#state).catch(() => missing);
    // Two writings may fall into one tick of the file system's clock; each of them is a new file.
    const written = `${ino} ${size} ${mtimeMs}`;
    if (written === this.#read) return;
    try {
      const outputs = await this.#engine.outputs(this.#workspace);
      this.#moves = ledgerIn(outputs, { definition: this.#definition }).entries;
      this.#read = written;
    } catch {
      // A stack file that is being edited, for example. What was known stays until it can be read again.
    }
  }
}
