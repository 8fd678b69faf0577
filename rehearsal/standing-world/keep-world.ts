import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadSystem } from "../../definition/catalogue.ts";
import { configAt } from "../../definition/ladder.ts";
import { settle } from "../../definition/tbd.ts";
import { setInStackFile, stackFile } from "../../operator/stack-file.ts";
import { engineNamed } from "../engine-named.ts";
import { makeRehearsalWorkspace, policyPack } from "../rehearsal-workspace.ts";
import { startWorldProcess } from "../world/world-process.ts";
import { environmentFile, environmentOf } from "./environment.ts";
import type { LiveReading } from "./live-reading.ts";
import { makeStack } from "./make-stack.ts";
import { startPageServer } from "./page/page-server.ts";
import { StackWatch } from "./stack-watch.ts";
import { terminalCommands } from "./terminal-commands.ts";
import { worldFacts } from "./world-facts-of.ts";
import { WorldKeeper } from "./world-keeper.ts";
import { WorldPeople } from "./world-people.ts";

/** A world that stands, and what another terminal needs to work in it. */
export interface StandingWorld {
  readonly env: Readonly<Record<string, string>>;
  /** Folder in which plain `pulumi` works. */
  readonly directory: string;
  readonly stack: string;
  /** Folder of the policy pack. */
  readonly policyPack: string;
  /** Address of the live page. */
  readonly page: string;
  /** Lines for another terminal, in the order in which they are typed. */
  readonly commands: readonly string[];
}

export interface KeepWorldOptions {
  readonly system: string;
  /** Cutover seconds per wall second while a stage soaks and nothing is at work; 1 is wall speed. */
  readonly speed: number;
  readonly seed: number;
  /** Ends the world. */
  readonly signal: AbortSignal;
  readonly onReady: (world: StandingWorld) => void;
  /** Hears of each second. */
  readonly onReading: (reading: LiveReading) => void;
}

/** Wall milliseconds between two looks at what goes on. */
const lookEvery = 250;
/** Wall milliseconds in which an update that is under way may end before its folder is removed. */
const lastWords = 5_000;

/**
 * Starts a rehearsal's world and keeps it until the signal ends it; leaves nothing behind, however it ends.
 * @throws BadInput for an unknown system, before anything starts.
 * @throws Error when a part of the world ends by itself, or when it is ended before it is ready.
 */
export const keepWorld = async (options: KeepWorldOptions): Promise<void> => {
  const { speed, seed, signal, onReady, onReading } = options;
  const definition = await loadSystem(options.system, "cutover world");
  const system = settle(definition, { rehearsal: true, file: `stacks/${definition.name}.ts` });
  const engine = await engineNamed("embedded");
  const world = await startWorldProcess({ system: definition.name, seed, speed });
  const workspace = await makeRehearsalWorkspace(definition, {
    CUTOVER_WORLD: world.url,
    PULUMI_DEBUG_PROVIDERS: world.providers,
  }).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
  const { directory, stack } = workspace;
  const watch = new StackWatch(workspace, definition, engine);
  const operated = { definition, system, engine, workspace };
  const keeper = new WorldKeeper({ operated, world, watch, speed, seed });
  const people = new WorldPeople(operated, workspace.people);
  const closing: (() => Promise<void>)[] = [];
  try {
    const file = stackFile(directory, stack);
    const first = definition.ladder[0]?.name ?? "";
    await setInStackFile(file, definition.name, configAt(definition, first));
    await makeStack(workspace);
    const env = environmentOf(workspace, policyPack);
    const environment = join(directory, "environment.sh");
    await writeFile(environment, environmentFile(env));
    const commands = terminalCommands(definition, directory, environment);
    const page = await startPageServer(worldFacts(definition, system, speed, commands));
    closing.push(() => page.stop());
    signal.throwIfAborted();
    onReady({ env, directory, stack, policyPack, page: page.url, commands });
    await untilAborted(signal, async () => {
      for (const reading of await keeper.look()) {
        await people.sign(reading);
        page.show(reading);
        onReading(reading);
      }
    });
  } finally {
    for (const close of closing) await close();
    await keeper.stop();
    await world.stop();
    await untilFree(watch);
    await workspace.remove();
  }
};

/** Looks again and again until the signal ends it. */
const untilAborted = async (signal: AbortSignal, look: () => Promise<void>): Promise<void> => {
  try {
    for (;;) {
      await look();
      await sleep(lookEvery, undefined, { signal });
    }
  } catch (error) {
    // What was asked when the end came may have found half of the world gone.
    if (!signal.aborted) throw error;
  }
};

/** Waits until nobody works on the stack: without its world an update fails soon, and writes that down. */
const untilFree = async (watch: StackWatch): Promise<void> => {
  const giveUpAt = Date.now() + lastWords;
  while (Date.now() < giveUpAt) {
    if ((await watch.look()).updating === undefined) return;
    await sleep(100);
  }
};
