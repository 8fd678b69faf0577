/** Starts load on a port where nobody listens, tells its parent the process, and waits to be killed. */
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { startLoad } from "../../../rehearsal/load/start-load.ts";
import { smallExample } from "../world/small-example.ts";

const load = await startLoad({
  gatewayUrl: "http://127.0.0.1:9",
  example: smallExample,
  seed: 1,
  clock: CutoverClock.startingAt(0),
});
process.send?.(load.processId);
