import { setTimeout as sleep } from "node:timers/promises";
import { weightsInForce } from "../policies/facts/live-route.ts";
import { known, type Reading } from "../policies/facts/reading.ts";
import { alarmComplaint } from "../policies/rules/alarm-complaint.ts";
import { factsHere } from "./facts-here.ts";
import { maintenanceOf } from "./maintenance.ts";
import { routeOf, timeNow, type OperatedSystem, type StackOutputs } from "./stack.ts";

/** What one look at a system in the middle of its cutover found. */
export interface Look {
  /** When, milliseconds since the epoch; before everything where the clock does not answer. */
  readonly at: number;
  /** Green's weight in force, percent. */
  readonly green: Reading<number>;
  /** Names of the thresholds whose raised alarm orders the way back. */
  readonly orders: readonly string[];
  /** What people must look into, in words: other raised alarms, and whatever nobody could learn. */
  readonly concerns: readonly string[];
  /** The stack's outputs that it went by. */
  readonly outputs: StackOutputs;
}

/**
 * Looks at a system now: the weights in force and the state of each alarm, by the gates' own readers.
 * Nothing is thrown for a source that does not answer: that is a concern.
 * @param outputs of the stack, as its last update left them; they name the alarms.
 */
export const lookAt = async (operated: OperatedSystem, outputs: StackOutputs): Promise<Look> => {
  const facts = factsHere(operated, outputs);
  const [at, route, states, maintenance] = await Promise.all([
    timeNow(operated),
    routeOf(operated),
    facts.known ? facts.value.alarmStates() : facts,
    maintenanceOf(operated),
  ]);
  const weights = route.known ? weightsInForce(route.value) : route;
  const green: Reading<number> = weights.known ? known(weights.value.green) : weights;
  const carries = !(green.known && green.value === 0);
  const orders: string[] = [];
  const concerns = green.known ? [] : [`nobody knows the weights in force: ${green.reason}`];
  if (maintenance?.known === false) {
    concerns.push(`nobody knows whether maintenance is on: ${maintenance.reason}`);
  } else if (maintenance !== undefined && maintenance.value.on !== null) {
    const { holder, ends } = maintenance.value.on;
    const until = new Date(ends).toISOString();
    concerns.push(`users get the page of maintenance, by ${holder}, until ${until} at the latest`);
  }
  if (!states.known) concerns.push(`nobody knows the state of the alarms: ${states.reason}`);
  else {
    for (const { name, title, breach } of operated.definition.thresholds) {
      const state = states.value[name];
      const says = alarmComplaint(state, carries);
      if (breach === "roll back" && state?.known === true && state.value === "Alert") {
        orders.push(name);
      } else if (says !== undefined) concerns.push(`alarm on ${title} ${says}`);
    }
  }
  return { at, green, orders, concerns, outputs };
};

/**
 * Looks again and again until the time is over or the operator interrupts; the first look is at once.
 * @param watching.milliseconds how long, on the stack's clock from its first answer on; for ever when left out.
 * @param watching.everyMilliseconds wall time between two looks.
 */
export async function* looks(
  operated: OperatedSystem,
  watching: { readonly milliseconds?: number | undefined; readonly everyMilliseconds: number },
): AsyncGenerator<Look, void> {
  const { engine, workspace, signal } = operated;
  const span = watching.milliseconds ?? Infinity;
  let look = await lookAt(operated, await engine.outputs(workspace));
  let until = Infinity;
  for (;;) {
    // Before the clock answers there is no beginning to count from: better to watch longer.
    if (until === Infinity && Number.isFinite(look.at)) until = look.at + span;
    yield look;
    const left = until - look.at;
    if (left <= 0) return;
    await sleep(Math.min(watching.everyMilliseconds, left), undefined, { signal });
    const { green: before, outputs } = look;
    look = await lookAt(operated, outputs);
    if (before.known !== look.green.known || differ(before, look.green)) {
      // Someone moved traffic: the alarms may be others now.
      look = await lookAt(operated, await engine.outputs(workspace));
    }
  }
}

const differ = (one: Reading<number>, other: Reading<number>): boolean =>
  one.known && other.known && one.value !== other.value;
