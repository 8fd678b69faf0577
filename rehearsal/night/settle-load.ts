import { climbToCarriedPart } from "../load/carried-part.ts";
import type { NightContext } from "./night-context.ts";

/**
 * Climbs to the load that this machine can carry. Where that is not all of the example's, as many fewer
 * cutover seconds pass in a second, so that every soak still sees as many requests.
 */
export const settleLoad = async (context: NightContext): Promise<void> => {
  const { world, system, onProgress, signal, load } = context;
  if (load === undefined) return;
  const carried = await climbToCarriedPart(load, system.rehearsal, world.clock, signal);
  context.carried = carried;
  if (carried === 1) return;
  const rate = system.rehearsal.requestsPerSecond * carried;
  onProgress({ kind: "note", text: `This machine is busy: ${rate} requests a second.` });
};
