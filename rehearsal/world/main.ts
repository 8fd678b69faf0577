/** The world in a process of its own, so that neither engine nor terminal take time from its requests. */
import { loadSystem } from "../../definition/catalogue.ts";
import { settle } from "../../definition/tbd.ts";
import type { FromWorld, ToWorld } from "./world-messages.ts";
import { startWorld, type World } from "./world.ts";

const tell = (message: FromWorld): void => {
  if (process.connected) process.send?.(message);
};

const begin = async (message: ToWorld & { type: "start" }): Promise<World> => {
  const definition = await loadSystem(message.system, "rehearsal");
  const system = settle(definition, { rehearsal: true, file: `stacks/${message.system}.ts` });
  const world = await startWorld({ system, seed: message.seed, speed: message.speed });
  world.clock.onChange((state) => {
    tell({ type: "clock", state });
  });
  world.onAlarm((change) => {
    tell({ type: "alarm", change });
  });
  const { url, gatewayUrl, providers, clock } = world;
  tell({ type: "ready", url, gatewayUrl, providers, clock: clock.state });
  return world;
};

let world: World | undefined;

const answer = async (message: ToWorld): Promise<void> => {
  if (message.type === "start") {
    world = await begin(message);
    return;
  }
  if (world === undefined) throw new Error("the world has not begun");
  switch (message.type) {
    case "pass":
      world.letTimePass(message.passing, message.speed);
      tell({ type: "done", token: message.token, weights: world.weights() });
      return;
    case "disturb":
      await world.disturb(message.disturbance);
      tell({ type: "done", token: message.token, weights: world.weights() });
      return;
    case "weights":
      tell({ type: "done", token: message.token, weights: world.weights() });
      return;
    case "account":
      tell({
        type: "accounted",
        token: message.token,
        data: await world.account(message.written),
      });
      return;
    case "frozen":
      tell({ type: "frozen", token: message.token, milliseconds: world.frozen() });
      return;
    case "messages":
      tell({ type: "messages", token: message.token, messages: world.messages() });
      return;
    case "stop":
      await world.stop();
      process.disconnect();
  }
};

process.on("message", (message: ToWorld) => {
  answer(message).catch((error: unknown) => {
    tell({ type: "failed", reason: error instanceof Error ? error.message : String(error) });
  });
});
// Nothing outlives the rehearsal that started it.
process.on("disconnect", () => {
  process.exit();
});
// What ends a terminal or a whole group of processes reaches each of them: the parent decides when this one ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
