import type { Traffic } from "./traffic.ts";
import { milliseconds, type Duration } from "./units.ts";
import { recordsFollowedWithin } from "./weighted-records.ts";

/** For how long clients may still go where the weights before sent them, once a move is written. */
export const followedWithin = (traffic: Traffic): Duration =>
  traffic.mechanism === "route53 weighted" ? recordsFollowedWithin(traffic) : milliseconds(0);
