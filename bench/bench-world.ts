import { settle } from "../definition/tbd.ts";
import type { Engine } from "../engine/engine.ts";
import { Operator } from "../rehearsal/operator.ts";
import {
  makeRehearsalWorkspace,
  policyPack,
  type RehearsalWorkspace,
} from "../rehearsal/rehearsal-workspace.ts";
import { startWorldProcess, type WorldProcess } from "../rehearsal/world/world-process.ts";
import { lms } from "../stacks/lms.ts";

/** Cutover seconds per wall second while only time must pass. */
const speed = 60;

/** The Leave Management System at baseline, in a world of its own process. */
export interface BenchWorld {
  readonly world: WorldProcess;
  readonly engine: Engine;
  readonly workspace: RehearsalWorkspace;
  readonly operator: Operator;
  stop(): Promise<void>;
}

export const system = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });

/** @throws Error when baseline is not reached. */
export const startBenchWorld = async (engine: Engine): Promise<BenchWorld> => {
  const world = await startWorldProcess({ system: lms.name, seed: 1, speed });
  const workspace = await makeRehearsalWorkspace(lms, {
    CUTOVER_WORLD: world.url,
    PULUMI_DEBUG_PROVIDERS: world.providers,
  });
  const stop = async (): Promise<void> => {
    await world.stop();
    await workspace.remove();
  };
  const operator = new Operator({
    definition: lms,
    system,
    engine,
    workspace,
    environment: "rehearsal",
    policyPack,
    onNote: () => undefined,
    signal: new AbortController().signal,
  });
  await operator.letSign(workspace.people, { stage: "baseline", now: world.clock.now() });
  await operator.set("baseline");
  const { succeeded } = await operator.up();
  if (!succeeded) {
    await stop();
    throw new Error("baseline was not reached");
  }
  return { world, engine, workspace, operator, stop };
};
