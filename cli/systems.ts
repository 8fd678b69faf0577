import { loadSystem, systemNames } from "../definition/catalogue.ts";
import { postureAt } from "../definition/ladder.ts";
import type { Posture } from "../definition/posture.ts";
import { inWords } from "../definition/units.ts";
import { ExitStatus } from "./exit-status.ts";
import { printResult, type CommonOptions, type Console, type Subcommand } from "./subcommand.ts";
import { hanging } from "./wrapped.ts";

/** A system as the command lists it. */
export interface ListedSystem {
  readonly name: string;
  readonly title: string;
  readonly stages: readonly {
    readonly stage: string;
    readonly title: string;
    /** What a person sets for it; the rest stays as in the stage before. */
    readonly set: Posture;
    readonly posture: Posture;
    readonly soakMilliseconds: number;
  }[];
}

/** `cutover systems`: what can be cut over, stage by stage. */
export const systems: Subcommand = {
  name: "systems",
  summary: "List the systems and their stages",
  examples: ["systems", "systems --json"],
  declare: (command, run) => {
    command.action(async (options: CommonOptions) => {
      await run((console) => listSystems(options, console));
    });
  },
};

const listSystems = async (options: CommonOptions, console: Console): Promise<ExitStatus> => {
  const listed: ListedSystem[] = [];
  for (const name of systemNames()) {
    const system = await loadSystem(name, "stacks");
    listed.push({
      name,
      title: system.title,
      stages: system.ladder.map((stage) => ({
        stage: stage.name,
        title: stage.title,
        set: stage.set,
        posture: postureAt(system, stage.name),
        soakMilliseconds: stage.leave?.soak?.milliseconds ?? 0,
      })),
    });
  }
  printResult(console, options, listed, () => listed.map(systemInText).join("\n\n"));
  return ExitStatus.done;
};

const systemInText = ({ name, title, stages }: ListedSystem): string => {
  const width = Math.max(...stages.map(({ stage }) => stage.length));
  const lines = stages.map(({ stage, title: what, set, soakMilliseconds }) => {
    const values = Object.entries(set)
      .map(([key, value]) => `${name}:${key} ${JSON.stringify(value)}`)
      .join(", ");
    const soak =
      soakMilliseconds > 0 ? `; at least ${inWords({ milliseconds: soakMilliseconds })}` : "";
    return hanging(`  ${stage.padEnd(width)}  `, `${values}: ${what}${soak}`);
  });
  return [`${name}  ${title}`, ...lines].join("\n");
};
