/** `npm run bench`: see README.md in this folder. */
import { availableParallelism, loadavg } from "node:os";
import { BadInput } from "../definition/bad-input.ts";
import type { Engine } from "../engine/engine.ts";
import { engineNamed } from "../rehearsal/engine-named.ts";
import { brokenStates } from "./broken-states.ts";
import { engineOverhead } from "./engine-overhead.ts";
import { benchOptions, type BenchOptions } from "./options.ts";
import { rollbackTime } from "./rollback-time.ts";
import { sectionNames, sectionText, type Section, type SectionName } from "./section.ts";
import { stageChange } from "./stage-change.ts";
import { trafficRate } from "./traffic-rate.ts";

const run: Readonly<
  Record<SectionName, (engine: Engine, options: BenchOptions) => Promise<Section>>
> = {
  stage: stageChange,
  engine: engineOverhead,
  traffic: trafficRate,
  rollback: (engine, { rollbacks }) => rollbackTime(engine, rollbacks),
  broken: brokenStates,
};

/** Load of the last minute beside the cores: a busy machine explains a bad figure. */
const machine = () => ({
  cores: availableParallelism(),
  load: loadavg()[0] ?? 0,
  node: process.version,
});

const bench = async (options: BenchOptions): Promise<void> => {
  const engine = await engineNamed(options.engine);
  const before = machine();
  const sections: Section[] = [];
  for (const name of options.only === undefined ? sectionNames : [options.only]) {
    const section = await run[name](engine, options);
    sections.push(section);
    if (!options.json) process.stdout.write(`${sectionText(section)}\n\n`);
  }
  const after = machine();
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ engine: options.engine, before, after, sections })}\n`,
    );
  else {
    process.stdout.write(
      `Engine ${options.engine}, ${after.cores} cores, load ${before.load.toFixed(1)} before and ${after.load.toFixed(1)} after, Node ${after.node}\n`,
    );
  }
};

try {
  await bench(benchOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
