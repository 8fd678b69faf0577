import type { Engine } from "../engine/engine.ts";

/** The engines that a rehearsal can run on; the first one unless said otherwise. */
export const engineNames = ["embedded", "pulumi"] as const;
export type EngineName = (typeof engineNames)[number];

/** An engine, loaded when it is asked for. @throws BadInput where it is not installed */
export const engineNamed = async (name: EngineName): Promise<Engine> => {
  if (name === "pulumi") {
    const { PulumiEngine } = await import("../engine/pulumi-engine.ts");
    return PulumiEngine.create();
  }
  const { EmbeddedEngine } = await import("./engine/embedded-engine.ts");
  return new EmbeddedEngine();
};
