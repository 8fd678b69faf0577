import { setTimeout as sleep } from "node:timers/promises";
import type { Engine } from "../engine/engine.ts";
import { setInStackFile, stackFile } from "../operator/stack-file.ts";
import { Operator } from "../rehearsal/operator.ts";
import { policyPack } from "../rehearsal/rehearsal-workspace.ts";
import { lms } from "../stacks/lms.ts";
import { emptyPack } from "./bench-workspace.ts";
import { startBenchWorld, system, type BenchWorld } from "./bench-world.ts";
import type { Section } from "./section.ts";

interface BrokenState {
  readonly name: string;
  readonly note: string;
  readonly break: (bench: BenchWorld) => Promise<void>;
  /** Folder of the pack that the rollback finds; the real one unless said. */
  readonly pack?: string;
}

/** Whoever moves up past the gates: what is measured is the way back. */
const withPack = ({ engine, workspace }: BenchWorld, pack: string): Operator =>
  new Operator({
    definition: lms,
    system,
    engine,
    workspace,
    environment: "rehearsal",
    policyPack: pack,
    onNote: () => undefined,
    signal: new AbortController().signal,
  });

const states: readonly BrokenState[] = [
  { name: "nothing broken", note: "10 % on green", break: () => Promise.resolve() },
  {
    name: "half-applied",
    note: "the answer to the write of 50 % was lost",
    break: async (bench) => {
      await bench.world.disturb({ kind: "write", interruption: "fail-after" });
      const ungated = withPack(bench, emptyPack);
      await ungated.set("half");
      await ungated.up();
    },
  },
  {
    name: "dead lock, pending write",
    note: "the process was killed while it wrote 50 %",
    break: async (bench) => {
      const interruption = { delayMilliseconds: 3_000 };
      await bench.world.disturb({ kind: "write", interruption });
      const ungated = withPack(bench, emptyPack);
      await ungated.set("half");
      await ungated.upAndDie();
    },
  },
  {
    name: "drift",
    note: "somebody gave green 60 % by hand",
    break: ({ world }) => world.disturb({ kind: "weights by hand", green: 60 }),
  },
  {
    name: "another system broken",
    note: "its definition does not load",
    break: ({ workspace }) =>
      setInStackFile(stackFile(workspace.directory, workspace.stack), "broken", {
        trafficWeight: 0,
      }),
  },
  {
    name: "pack broken",
    note: "it has no program: a second update without it",
    break: () => Promise.resolve(),
    pack: "no-such-pack",
  },
  {
    name: "metrics unreachable",
    note: "no source of metrics answers",
    break: ({ world }) => world.disturb({ kind: "metrics", state: "silent" }),
  },
];

/** (e) `cutover rollback` from each broken state, from the command to the route on the safe side. */
export const brokenStates = async (engine: Engine): Promise<Section> => {
  const figures = [];
  for (const state of states) {
    const bench = await startBenchWorld(engine);
    try {
      const ungated = withPack(bench, emptyPack);
      await ungated.set("canary");
      const { succeeded } = await ungated.up();
      if (!succeeded) throw new Error("canary was not reached");
      await state.break(bench);
      const began = performance.now();
      const [value] = await Promise.all([
        safe(bench).then((at) => at - began),
        withPack(bench, state.pack ?? policyPack).rollBack(),
      ]);
      figures.push({
        name: state.name,
        value,
        unit: "ms" as const,
        note: state.note,
        goal: lms.rollback.within.milliseconds,
      });
    } finally {
      await bench.stop();
    }
  }
  return {
    name: "broken",
    title: "Rollback from broken states: from the command until green gets nothing",
    figures,
  };
};

/** Longer than any budget, wall milliseconds. */
const hopeless = 120_000;

/** When green gets no traffic any more. @throws Error when that does not happen. */
const safe = async ({ world }: BenchWorld): Promise<number> => {
  const giveUpAt = performance.now() + hopeless;
  while (performance.now() < giveUpAt) {
    if ((await world.weights()).green === 0) return performance.now();
    await sleep(20);
  }
  throw new Error("green still gets traffic");
};
