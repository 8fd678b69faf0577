// How Node starts the program and the pack: named by `nodeargs` in Pulumi.yaml and by policies/start.cjs.
import module from "node:module";
import "./lazy-modules.cjs";
import "./plain-errors.cjs";

// Keeps compiled code from one update to the next; Node 20 cannot.
module.enableCompileCache?.();

// Node reads TypeScript by itself from 22.18 on. Before, a loader does it.
if (process.features.typescript !== "strip") {
  // Once the loader is there, each of zod's hundred files takes a round trip to the loader's thread.
  await import("zod");
  await import("tsx/esm");
  // It has every stack trace mapped, and Pulumi makes one for each promise and each resource.
  process.setSourceMapsEnabled(false);
}
