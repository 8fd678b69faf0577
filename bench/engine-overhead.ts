import { z } from "zod";
import type { Engine } from "../engine/engine.ts";
import { startProvider } from "../rehearsal/providers/provider-server.ts";
import { standIn } from "../rehearsal/providers/stand-in.ts";
import { makeBenchWorkspace } from "./bench-workspace.ts";
import type { Figure, Section } from "./section.ts";
import { summary } from "./statistics.ts";
import { timedUpdate } from "./timed-update.ts";

const sizes = [10, 100, 1_000] as const;
/** How often each size is measured; the sizes take turns. */
const times = 3;

const piece = standIn({
  type: "bench:index:Piece",
  inputs: z.strictObject({ number: z.int() }),
  create: ({ number }) => ({ id: `piece-${number}`, outputs: { number } }),
  update: (_id, { number }) => ({ number }),
  delete: () => undefined,
});

/** (b) What the engine adds for each resource of a provider that does nothing, beyond an update of none. */
export const engineOverhead = async (engine: Engine): Promise<Section> => {
  const provider = await startProvider({
    package: "bench",
    version: "1.0.0",
    standIns: [piece],
    world: undefined,
  });
  const none: number[] = [];
  const created = new Map<number, number[]>(sizes.map((size) => [size, []]));
  const unchanged = new Map<number, number[]>(sizes.map((size) => [size, []]));
  try {
    for (let turn = 0; turn < times; turn += 1) {
      none.push(...(await measured(engine, 0, provider.port)));
      for (const size of sizes) {
        const [create = 0, again = 0] = await measured(engine, size, provider.port);
        created.get(size)?.push(create);
        unchanged.get(size)?.push(again);
      }
    }
  } finally {
    await provider.stop();
  }
  const start = summary(none).median;
  const perResource = (what: string, measuredAt: ReadonlyMap<number, readonly number[]>) =>
    [...measuredAt].map(([size, values]): Figure => {
      const { median } = summary(values);
      return {
        name: `${what} ${size}`,
        value: Math.max(0, median - start) / size,
        unit: "ms per resource",
        note: `median ${median.toFixed(0)} ms, of which ${start.toFixed(0)} ms for an update of none`,
      };
    });
  const creating = perResource("create", created);
  const [, hundred, thousand] = creating;
  return {
    name: "engine",
    title: "The engine, for each resource of a provider that does nothing",
    figures: [
      ...creating,
      ...perResource("no change", unchanged),
      {
        name: "1,000 beside 100",
        value: (thousand?.value ?? Number.NaN) / (hundred?.value ?? Number.NaN),
        unit: "×",
        note: "creation, each resource; 1 when the cost is linear",
      },
    ],
  };
};

/** Milliseconds of an update that creates so many resources, and of the same again. */
const measured = async (engine: Engine, size: number, port: number): Promise<readonly number[]> => {
  const workspace = await makeBenchWorkspace("many", {
    BENCH_RESOURCES: String(size),
    PULUMI_DEBUG_PROVIDERS: `bench:${port}`,
  });
  try {
    return [await timedUpdate(engine, workspace, {}), await timedUpdate(engine, workspace, {})];
  } finally {
    await workspace.remove();
  }
};
