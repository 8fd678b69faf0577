// How Node starts the program and the pack: named by `nodeargs` in Pulumi.yaml and by policies/start.cjs.
import module from "node:module";
import "./lazy-modules.cjs";
import "./plain-errors.cjs";

export { load } from "./typescript.mjs";

// By it the Postgres client learns where it runs; Node 20 has none, and the client then loads the whole of fetch.
globalThis.navigator ??= { userAgent: `Node.js/${process.versions.node}` };
// Keeps compiled code from one update to the next; Node 20 cannot.
module.enableCompileCache?.();
// The engine kills the pack once the update is done, and else Node writes down what it compiled at its own end.
if (module.flushCompileCache !== undefined) {
  setInterval(() => module.flushCompileCache(), 1_000).unref();
}
