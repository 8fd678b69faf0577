import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { configAt, greenWeightAt } from "../definition/ladder.ts";
import { digest, readLedger } from "../definition/ledger.ts";
import type { SettledSystem, SystemDefinition } from "../definition/system.ts";
import { deriveTransition, type DerivedTransition } from "../definition/transition.ts";
import {
  StackLocked,
  type Engine,
  type EngineEvent,
  type OperationResult,
} from "../engine/engine.ts";
import { declaredBy } from "../policies/declared.ts";
import { factsOfMove } from "../policies/facts/facts-of-move.ts";
import { connectionsFor, openSources } from "../policies/facts/sources.ts";
import type { Judgement } from "../policies/judge.ts";
import type { Move } from "../policies/move.ts";
import { blueSickness } from "../policies/rules/blue-sickness.ts";
import { realSurroundings, sit } from "../policies/sitting.ts";
import type { ChildTask } from "./engine/run-child.ts";
import { policyPack, type RehearsalWorkspace } from "./rehearsal-workspace.ts";

export interface OperatorOptions {
  readonly definition: SystemDefinition;
  readonly system: SettledSystem;
  readonly engine: Engine;
  readonly workspace: RehearsalWorkspace;
  readonly onNote: (text: string) => void;
  readonly signal: AbortSignal;
}

/** How long the way back waits for facts about blue, wall milliseconds. */
const aMoment = 2_000;

/** The resource type that carries the weights. */
export const routeType = "kubernetes:networking.istio.io/v1:VirtualService";

/** The person at the keyboard: sets one value, updates, and reads what the gates say. */
export class Operator {
  readonly #options: OperatorOptions;

  constructor(options: OperatorOptions) {
    this.#options = options;
  }

  /** Sets the config of a stage, as `pulumi config set` would. */
  async set(stage: string): Promise<void> {
    const { definition, workspace } = this.#options;
    await workspace.configure(definition.name, configAt(definition, stage));
  }

  /** `pulumi up` with the pack. A lock that a dead process left is cleared first. */
  async up(onEvent?: (event: EngineEvent) => void): Promise<OperationResult> {
    const { engine, workspace, onNote, signal } = this.#options;
    const options = {
      policyPacks: [policyPack],
      signal,
      ...(onEvent !== undefined && { onEvent }),
    };
    try {
      return await engine.up(workspace, options);
    } catch (error) {
      if (!(error instanceof StackLocked) || !error.holder.dead) throw error;
      onNote(`Process ${error.holder.pid} died with the stack's lock; the lock is cleared.`);
      await engine.cancel(workspace);
      return engine.up(workspace, options);
    }
  }

  /** `pulumi up` in a process that is killed as soon as it is writing the weights. */
  async upAndDie(): Promise<void> {
    const { workspace, signal } = this.#options;
    const task: ChildTask = {
      operation: "up",
      workspace: {
        directory: workspace.directory,
        stack: workspace.stack,
        backendUrl: workspace.backendUrl,
        environment: workspace.environment,
      },
      options: { policyPacks: [policyPack] },
    };
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
    const child = spawn(
      process.execPath,
      [
        "--import",
        tsx,
        fileURLToPath(new URL("engine/run-child.ts", import.meta.url)),
        JSON.stringify(task),
      ],
      { stdio: "ignore" },
    );
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let ended = false;
    void gone.then(() => (ended = true));
    while (!ended && !signal.aborted && !(await this.#isWritingWeights())) await sleep(20);
    child.kill("SIGKILL");
    await gone;
  }

  /** What all gates say of a move to `stage`, read now and by the same code as the pack. */
  async judge(stage: string): Promise<Judgement | undefined> {
    const { definition, engine, workspace } = this.#options;
    const outputs = await engine.outputs(workspace);
    const ledger = readLedger(definition.name, part(outputs["ledger"], definition.name));
    return this.#judge(outputs, deriveTransition(ledger, stage));
  }

  /**
   * What is known to make blue no better than green, in words. Whatever cannot be learned in a moment
   * counts as nothing: it must not hold up the way back.
   */
  async blueSickness(): Promise<readonly string[]> {
    const { system, workspace } = this.#options;
    const move = await this.#standing();
    const connections = connectionsFor(move, system, workspace.environment);
    if (!connections.known) return [];
    const facts = factsOfMove({
      definition: system,
      move,
      declared: declaredBy({}),
      sources: openSources(connections.value),
    });
    const reading = Promise.all([
      facts.blueDeployment(),
      facts.blueValues(),
      facts.watchedRequests(),
    ]);
    const read = await Promise.race([reading, sleep(aMoment, undefined)]);
    if (read === undefined) return [];
    const [blueDeployment, blueValues, watchedRequests] = read;
    return blueSickness(system, { blueDeployment, blueValues, watchedRequests });
  }

  /** The stage where traffic stands, as if it were to be left now. */
  async #standing(): Promise<Move> {
    const { definition, engine, workspace } = this.#options;
    const outputs = await engine.outputs(workspace);
    const { entries } = readLedger(definition.name, part(outputs["ledger"], definition.name));
    const { to = "", at = "" } = entries.at(-1) ?? {};
    return {
      system: definition.name,
      environment: "rehearsal",
      stack: workspace.stack,
      from: to,
      to,
      since: at,
      damage: "",
      kind: "forward",
    };
  }

  async #judge(
    outputs: Readonly<Record<string, unknown>>,
    { transition, recorded }: DerivedTransition,
  ): Promise<Judgement | undefined> {
    const { definition, system, workspace } = this.#options;
    const green = greenWeightAt(definition, transition.to);
    const sitting = await sit(
      {
        urn: `urn:pulumi:${workspace.stack}::cutover::cutover:index:Cutover::${definition.name}-cutover`,
        props: {
          system: definition.name,
          environment: "rehearsal",
          definition: digest(system),
          transition,
          weights: { blue: 100 - green, green },
          alarms: part(outputs["alarms"], definition.name),
          panels: system.thresholds.map(({ name }) => name),
        },
        ignoreChanges: recorded ? ["recorded"] : [],
      },
      realSurroundings(workspace.environment),
    );
    return sitting.known ? sitting.value.judgement : undefined;
  }

  /** Whether the state on disk says that a write of the weights is under way. */
  async #isWritingWeights(): Promise<boolean> {
    const { directory, stack } = this.#options.workspace;
    try {
      const state = await readFile(
        join(directory, ".pulumi", "stacks", "cutover", `${stack}.json`),
        "utf8",
      );
      const { checkpoint } = JSON.parse(state) as {
        checkpoint: { latest?: { pending_operations?: { resource: { type: string } }[] } };
      };
      return (checkpoint.latest?.pending_operations ?? []).some(
        ({ resource }) => resource.type === routeType,
      );
    } catch {
      // Not there yet, or just being replaced.
      return false;
    }
  }
}

const part = (output: unknown, system: string): unknown =>
  typeof output === "object" && output !== null
    ? (output as Readonly<Record<string, unknown>>)[system]
    : undefined;
