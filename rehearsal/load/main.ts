import { Generator } from "./generator.ts";
import type { FromLoad, ToLoad } from "./messages.ts";

/** The load's process: it does what its parent says over IPC, and ends with it. */
const report = (message: FromLoad): void => {
  if (process.connected) process.send?.(message);
};

let generator: Generator | undefined;

const act = async (message: ToLoad): Promise<void> => {
  switch (message.type) {
    case "start":
      setTimeout(() => process.exit(1), message.configuration.maximumMilliseconds);
      generator = new Generator(message.configuration, report);
      await generator.run();
      return;
    case "rate":
      generator?.setRequestsPerSecond(message.requestsPerSecond);
      return;
    case "flush":
      generator?.flush();
      report({ type: "flushed", token: message.token });
      return;
    case "stop":
      await generator?.stop(message.drainMilliseconds);
      process.send?.({ type: "stopped" } satisfies FromLoad, () => {
        process.disconnect();
      });
  }
};

process.on("message", (message) => void act(message as ToLoad));
process.on("disconnect", () => process.exit(0));
// What ends a terminal or a whole group of processes reaches each of them: the parent decides when this one ends.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
report({ type: "ready" });
