import { inWords } from "../definition/units.ts";
import { toTheSecond } from "./to-the-second.ts";

/** What maintenance has lasted of the time that the plan allows, in words. Milliseconds. */
export const maintenanceTaken = (lasted: number, within: number): string =>
  `${toTheSecond(lasted)} of ${inWords({ milliseconds: within })} taken`;
