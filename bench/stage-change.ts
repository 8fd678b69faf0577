import type { Engine } from "../engine/engine.ts";
import { startLoad } from "../rehearsal/load/start-load.ts";
import { policyPack } from "../rehearsal/rehearsal-workspace.ts";
import { emptyPack, makeBenchWorkspace } from "./bench-workspace.ts";
import { startBenchWorld, system, type BenchWorld } from "./bench-world.ts";
import type { Section } from "./section.ts";
import { alternate, ratio, summary } from "./statistics.ts";
import { timedUpdate } from "./timed-update.ts";

/** How often each update is measured. */
const times = 5;
/** Enough for the gates' facts, and little enough to leave the machine to the engine. */
const requestsPerSecond = 40;
/** What a stage change may cost beside an update that does nothing. */
const goal = 1.25;

/** (a) A stage change of the real program under the real pack, beside an empty program under an empty pack. */
export const stageChange = async (engine: Engine): Promise<Section> => {
  const bench = await startBenchWorld(engine);
  const empty = await makeBenchWorkspace("empty");
  const { world, workspace, operator } = bench;
  const load = await startLoad({
    gatewayUrl: world.gatewayUrl,
    example: system.rehearsal,
    seed: 1,
    clock: world.clock,
    requestsPerSecond,
  });
  const nothing = (): Promise<number> => timedUpdate(engine, empty, { policyPacks: [emptyPack] });
  const move = async (stage: string): Promise<number> => {
    await operator.set(stage);
    return timedUpdate(engine, workspace, { policyPacks: [policyPack] });
  };
  try {
    await nothing();
    const back: number[] = [];
    const forward = await alternate(
      times,
      async () => {
        await untilOpen(bench, "canary");
        const milliseconds = await move("canary");
        back.push(await move("baseline"));
        return milliseconds;
      },
      nothing,
    );
    return {
      name: "stage",
      title: "A stage change beside an empty program under an empty pack",
      figures: [
        {
          name: "step up, 0 to 10 %",
          value: ratio(forward.one, forward.other),
          unit: "×",
          note: inMilliseconds(forward.one),
          goal,
        },
        {
          name: "way back, 10 to 0 %",
          value: ratio(back, forward.other),
          unit: "×",
          note: inMilliseconds(back),
          goal,
        },
        {
          name: "empty program",
          value: summary(forward.other).median,
          unit: "ms",
          note: `median of ${forward.other.length}`,
        },
      ],
    };
  } finally {
    await load.stop();
    await empty.remove();
    await bench.stop();
  }
};

const inMilliseconds = (values: readonly number[]): string => {
  const { median, least, most, count } = summary(values);
  return `median ${median.toFixed(0)} ms of ${count}, ${least.toFixed(0)} to ${most.toFixed(0)}`;
};

/** Lets time pass until the gates let a move through. */
const untilOpen = async (
  { world, operator, workspace }: BenchWorld,
  stage: string,
): Promise<void> => {
  await operator.letSign(workspace.people, { stage, now: world.clock.now() });
  for (let minute = 0; minute < 30; minute += 1) {
    await world.letTimePass(true);
    await world.clock.sleep(60_000);
    await world.letTimePass(false);
    if ((await operator.judge(stage))?.allowed === true) return;
  }
  throw new Error(`the gates do not let ${stage} through`);
};
