import { BadInput, shown } from "../definition/bad-input.ts";
import type { Engine } from "../engine/engine.ts";

/** The engines that a rehearsal can run on; the first one unless said otherwise. */
export const engineNames = ["embedded", "pulumi"] as const;
export type EngineName = (typeof engineNames)[number];

/** The engine that `--engine` names. @throws BadInput for another word; `where` is the command */
export const engineNameOf = (where: string, written: string): EngineName => {
  const known = engineNames.find((name) => name === written);
  if (known !== undefined) return known;
  const expected = engineNames.join(" or ");
  throw new BadInput({ where, key: "--engine", found: shown(written), expected });
};

/** An engine, loaded when it is asked for. @throws BadInput where it is not installed */
export const engineNamed = async (name: EngineName): Promise<Engine> => {
  if (name === "pulumi") {
    const { PulumiEngine } = await import("../engine/pulumi-engine.ts");
    return PulumiEngine.create();
  }
  const { EmbeddedEngine } = await import("./engine/embedded-engine.ts");
  return new EmbeddedEngine();
};
