import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { readLedger, type LedgerReading } from "../../definition/ledger.ts";
import { settle } from "../../definition/tbd.ts";
import type { Engine, OperationResult } from "../../engine/engine.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { Operator } from "../../rehearsal/operator.ts";
import type { SigningMistake } from "../../rehearsal/people/signing-mistake.ts";
import {
  makeRehearsalWorkspace,
  policyPack,
  type RehearsalWorkspace,
} from "../../rehearsal/rehearsal-workspace.ts";
import type { Side } from "../../rehearsal/world/behaviour.ts";
import { startWorld, type World } from "../../rehearsal/world/world.ts";
import { lms } from "../../stacks/lms.ts";
import { WorldFront } from "./world-front.ts";

/** Cutover seconds per wall second while only time must pass. */
const speed = 60;
/** Clients that send one request after the other. */
const clients = 4;
/** Far beyond what a test takes on a busy machine, milliseconds. */
export const nightTimeout = 600_000;
/** Cutover time after which gates that still refuse will not let the move through, milliseconds. */
const patience = 20 * 60_000;

/** The program, the pack and an engine on a world in this process, without a load of its own. */
export class LiveCutover {
  readonly engine: Engine;
  readonly world: World;
  readonly front: WorldFront;
  readonly workspace: RehearsalWorkspace;
  readonly operator: Operator;
  /** The system as its operator works with it. */
  readonly operated: OperatedSystem;
  /** What the operator was told. */
  readonly notes: string[];

  private constructor(
    engine: Engine,
    world: World,
    front: WorldFront,
    workspace: RehearsalWorkspace,
    different: Partial<OperatedSystem>,
  ) {
    this.engine = engine;
    this.world = world;
    this.front = front;
    this.workspace = workspace;
    this.notes = [];
    this.operated = {
      definition: lms,
      system: settle(lms, { rehearsal: true, file: "stacks/lms.ts" }),
      engine: this.engine,
      workspace: this.workspace,
      environment: "rehearsal",
      policyPack,
      onNote: (text) => this.notes.push(text),
      signal: new AbortController().signal,
      ...different,
    };
    this.operator = new Operator(this.operated);
  }

  /** A person who works with something else than everybody does. */
  operatorWith(different: Partial<OperatedSystem>): Operator {
    return new Operator({ ...this.operated, ...different });
  }

  /** @param different a definition and a pack other than the repository's. */
  static async start(
    engine: Engine = new EmbeddedEngine(),
    different: Partial<Pick<OperatedSystem, "definition" | "system" | "policyPack">> = {},
  ): Promise<LiveCutover> {
    const system = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
    const world = await startWorld({ system, seed: 1, speed });
    const front = await WorldFront.start(world.url);
    const workspace = await makeRehearsalWorkspace(lms, {
      CUTOVER_WORLD: front.url,
      PULUMI_DEBUG_PROVIDERS: world.providers,
    });
    return new LiveCutover(engine, world, front, workspace, different);
  }

  /** A cutover at the ladder's first stage. */
  static async atBaseline(engine?: Engine): Promise<LiveCutover> {
    const cutover = await LiveCutover.start(engine);
    await cutover.reach("baseline");
    return cutover;
  }

  /** Sets a stage's config and updates. */
  async up(stage: string): Promise<OperationResult> {
    await this.operator.set(stage);
    return this.operator.up();
  }

  /**
   * Gets to a stage, which nothing may hold up.
   * @throws Error with what held it up.
   */
  async reach(stage: string): Promise<OperationResult> {
    await this.letSign(stage);
    const result = await this.up(stage);
    if (!result.succeeded) throw new Error(`${stage} was not reached: ${complaints(result)}`);
    return result;
  }

  /**
   * Lets the stage carry traffic, with the clock running fast, until the gates let it be left.
   * @throws Error with what the gates still say at the end of patience.
   */
  async soakUntilOpen(next: string): Promise<void> {
    const giveUpAt = this.world.clock.now() + patience;
    for (;;) {
      await this.carry(60_000);
      await this.letSign(next);
      const judgement = await this.operator.judge(next);
      if (judgement?.allowed === true) return;
      if (this.world.clock.now() < giveUpAt) continue;
      const refusals = judgement?.verdicts.flatMap(({ rule, verdict }) =>
        verdict.outcome === "refused" ? `${rule} ${verdict.message}` : [],
      );
      throw new Error(`the gates do not open: ${refusals?.join(" ") ?? "no verdict"}`);
    }
  }

  /** What the gates of the step to a stage refuse, by their names. */
  async refusals(stage: string): Promise<Readonly<Record<string, string>>> {
    const judgement = await this.operator.judge(stage);
    return Object.fromEntries(
      (judgement?.verdicts ?? []).flatMap(({ rule, verdict }) =>
        verdict.outcome === "refused" ? [[rule, verdict.message] as const] : [],
      ),
    );
  }

  /** Has people sign what the plan asks for before traffic moves to a stage. */
  async letSign(stage: string, mistake?: SigningMistake): Promise<void> {
    const now = this.world.clock.now();
    await this.operator.letSign(this.workspace.people, { stage, now, mistake });
  }

  /** Sends requests while so many milliseconds of cutover time pass fast. */
  async carry(milliseconds: number): Promise<void> {
    const until = this.world.clock.now() + milliseconds;
    this.world.letTimePass(true, speed);
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (this.world.clock.now() < until) await this.#ask();
      }),
    );
    this.world.letTimePass(false, speed);
  }

  /** Sides that answered so many requests. */
  async servedBy(requests: number): Promise<Readonly<Record<Side, number>>> {
    const served = { blue: 0, green: 0 };
    for (let sent = 0; sent < requests; sent += 1) {
      const side = await this.#ask();
      if (side !== undefined) served[side] += 1;
    }
    return served;
  }

  /** Green's weight in force at the gateway, percent. */
  green(): number {
    return this.world.weights().green;
  }

  /** The history, as the stack's outputs have it. */
  async ledger(): Promise<LedgerReading> {
    const { ledger } = await this.engine.outputs(this.workspace);
    return readLedger("lms", (ledger as Readonly<Record<string, unknown>> | undefined)?.["lms"]);
  }

  /** Where traffic went, in order. @throws Error when the history is damaged. */
  async moves(): Promise<readonly string[]> {
    const { entries, damage } = await this.ledger();
    if (damage !== undefined) throw new Error(`the ledger is damaged: ${damage}`);
    return entries.map(({ to }) => to);
  }

  /** How often the VirtualService was written. */
  async routeWrites(): Promise<number> {
    const { body } = await request(
      `${this.world.url}/kubernetes/apis/networking.istio.io/v1/namespaces/production/virtualservices/lms-vs`,
    );
    const { metadata } = (await body.json()) as { readonly metadata: { generation: number } };
    return metadata.generation;
  }

  async stop(): Promise<void> {
    await this.front.stop();
    await this.world.stop();
    await this.workspace.remove();
  }

  async #ask(): Promise<Side | undefined> {
    try {
      const { headers, body } = await request(`${this.world.gatewayUrl}/api/v1/leave/balance`, {
        headers: { "content-type": "application/json" },
      });
      await body.dump();
      const side = headers["x-served-by"];
      return side === "blue" || side === "green" ? side : undefined;
    } catch {
      // Nobody answered: a client waits a little before it tries again.
      await sleep(20);
      return undefined;
    }
  }
}

/** What an update changed, as `operation name`, in order of names. */
export const changed = ({ steps }: OperationResult): readonly string[] =>
  steps
    .filter(({ operation }) => operation !== "same" && operation !== "read")
    .map(({ operation, urn }) => `${operation} ${urn.split("::").at(-1) ?? ""}`)
    .sort();

/** Names of the rules that refused. */
export const refusedBy = ({ violations }: OperationResult): readonly string[] =>
  violations.filter(({ level }) => level === "mandatory").map(({ policy }) => policy);

/** Everything that went wrong, in one text. */
export const complaints = ({ violations, diagnostics }: OperationResult): string =>
  [
    ...violations.map(({ policy, message }) => `${policy}: ${message}`),
    ...diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
  ].join("\n");
