import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { configAt } from "../definition/ladder.ts";
import type { EngineEvent, OperationResult } from "../engine/engine.ts";
import { judge } from "../operator/gates.ts";
import { knownSickness } from "../operator/known-sickness.ts";
import { rollBack, type RollbackResult } from "../operator/rollback.ts";
import { setInStackFile, stackFile } from "../operator/stack-file.ts";
import type { OperatedSystem } from "../operator/stack.ts";
import { update } from "../operator/update.ts";
import type { Judgement } from "../policies/judge.ts";
import { weightedBy } from "../policies/traffic/weighted-resources.ts";
import { killTree } from "./kill-tree.ts";
import type { RehearsalPeople } from "./people/rehearsal-people.ts";
import { signForMove, type SigningRequest } from "./people/sign-for-move.ts";
import type { ChildTask } from "./run-child.ts";
import { typescriptLoader } from "./typescript-loader.ts";

/** The person at the keyboard: sets one value, updates, and reads what the gates say. */
export class Operator {
  readonly #operated: OperatedSystem;

  constructor(operated: OperatedSystem) {
    this.#operated = operated;
  }

  /** Sets the config of a stage, as `pulumi config set` would. */
  async set(stage: string): Promise<void> {
    const { definition, workspace } = this.#operated;
    await setInStackFile(
      stackFile(workspace.directory, workspace.stack),
      definition.name,
      configAt(definition, stage),
    );
  }

  /** `pulumi up` with the pack. A lock that a dead process left is cleared first. */
  async up(onEvent?: (event: EngineEvent) => void): Promise<OperationResult> {
    return update(this.#operated, {
      policyPacks: [this.#operated.policyPack],
      ...(onEvent !== undefined && { onEvent }),
    });
  }

  /** `cutover rollback`. */
  async rollBack(onEvent?: (event: EngineEvent) => void): Promise<RollbackResult> {
    return rollBack(this.#operated, onEvent);
  }

  /** `pulumi up` in a process that is killed as soon as it is writing the weights. */
  async upAndDie(): Promise<void> {
    const { engine, workspace, signal } = this.#operated;
    const task: ChildTask = {
      engine: engine.name,
      operation: "up",
      workspace: {
        directory: workspace.directory,
        stack: workspace.stack,
        backendUrl: workspace.backendUrl,
        environment: workspace.environment,
      },
      options: { policyPacks: [this.#operated.policyPack] },
    };
    const child = spawn(
      process.execPath,
      [
        "--import",
        typescriptLoader,
        fileURLToPath(new URL("run-child.ts", import.meta.url)),
        JSON.stringify(task),
      ],
      { stdio: "ignore" },
    );
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let ended = false;
    void gone.then(() => (ended = true));
    while (!ended && !signal.aborted && !(await this.#isWritingWeights())) await sleep(20);
    if (child.pid !== undefined) await killTree(child.pid);
    await gone;
  }

  /** Has the people of the rehearsal sign what the plan asks for before traffic moves to `stage`. */
  async letSign(people: RehearsalPeople, request: SigningRequest): Promise<void> {
    return signForMove(this.#operated, people, request);
  }

  /** What all gates say of a move to `stage`, read now and by the same code as the pack. */
  async judge(stage: string): Promise<Judgement | undefined> {
    const { engine, workspace } = this.#operated;
    return judge(this.#operated, await engine.outputs(workspace), stage);
  }

  /** What is known to make blue no better than green, in words. */
  async knownSickness(): Promise<readonly string[]> {
    const { engine, workspace } = this.#operated;
    return knownSickness(this.#operated, await engine.outputs(workspace));
  }

  /** Whether the state on disk says that a write of the weights is under way. */
  async #isWritingWeights(): Promise<boolean> {
    const { directory, stack } = this.#operated.workspace;
    const { type } = weightedBy(this.#operated.system.traffic);
    try {
      const state = await readFile(
        join(directory, ".pulumi", "stacks", "cutover", `${stack}.json`),
        "utf8",
      );
      const { checkpoint } = JSON.parse(state) as {
        checkpoint: { latest?: { pending_operations?: { resource: { type: string } }[] } };
      };
      return (checkpoint.latest?.pending_operations ?? []).some(
        ({ resource }) => resource.type === type,
      );
    } catch {
      // Not there yet, or just being replaced.
      return false;
    }
  }
}
