import type { Engine } from "../engine/engine.ts";
import { cutoverTo } from "../operator/gates.ts";
import { allRules } from "../policies/all-rules.ts";
import { realSurroundings, type Component } from "../policies/sitting.ts";
import { Sittings } from "../policies/sittings.ts";
import { lms } from "../stacks/lms.ts";
import { startBenchWorld, system } from "./bench-world.ts";
import type { Section } from "./section.ts";
import { alternate, ratio, summary } from "./statistics.ts";

/** How many more systems the large stack has. */
const others = 499;
/** How often each stack is judged. */
const times = 15;
/** What the verdict on the system that moves may cost there, beside a stack of its own. */
const goal = 1.1;

/** (f) The gates' verdict on one system's step up, in a stack of 500 systems beside a stack of its own. */
export const manySystems = async (engine: Engine): Promise<Section> => {
  const bench = await startBenchWorld(engine);
  const { workspace } = bench;
  try {
    const operated = { definition: lms, system, environment: "rehearsal", workspace } as const;
    const outputs = await engine.outputs(workspace);
    const moving = cutoverTo(operated, outputs, "canary");
    const standing = standingSystems(cutoverTo(operated, outputs, "baseline"));
    const each: number[] = [];
    const alone = async (): Promise<number> => timed(pack(workspace.environment), moving);
    const among = async (): Promise<number> => {
      const sittings = pack(workspace.environment);
      const began = performance.now();
      for (const component of standing) await timed(sittings, component);
      each.push((performance.now() - began) / standing.length);
      return timed(sittings, moving);
    };
    // What is loaded and compiled once is no part of either.
    await alone();
    await among();
    const { one, other } = await alternate(times, among, alone);
    return {
      name: "systems",
      title: `The gates' verdict on a step up, in a stack of ${others + 1} systems beside a stack of one`,
      figures: [
        {
          name: "verdict on the system that moves",
          value: ratio(one, other),
          unit: "×",
          note: `median ${summary(one).median.toFixed(0)} ms beside ${summary(other).median.toFixed(0)} ms, of ${times}`,
          goal,
        },
        {
          name: "each system that stands",
          value: summary(each).median,
          unit: "ms",
          note: "its gates, once its definition is loaded",
        },
      ],
    };
  } finally {
    await bench.stop();
  }
};

/** The sittings of one update. Each system's definition is an object of its own, as if from a file of its own. */
const pack = (variables: Readonly<Record<string, string>>): Sittings => {
  const definitions = new Map<string, typeof lms>();
  return new Sittings({
    ...realSurroundings(variables, allRules),
    load: async (name) => {
      const definition = definitions.get(name) ?? { ...lms, name };
      definitions.set(name, definition);
      return definition;
    },
  });
};

/** Systems at baseline, none of which moves. */
const standingSystems = ({ urn, props, ignoreChanges }: Component): readonly Component[] =>
  Array.from({ length: others }, (_, index) => ({
    urn: `${urn}-${index}`,
    props: { ...(props as object), system: `system-${index}` },
    ignoreChanges,
  }));

/** Milliseconds until a component is judged. @throws Error when it cannot be. */
const timed = async (sittings: Sittings, component: Component): Promise<number> => {
  const began = performance.now();
  const sitting = await sittings.of(component, "ladder");
  if (!sitting.known) throw new Error(sitting.reason);
  await sitting.value.judgement;
  return performance.now() - began;
};
