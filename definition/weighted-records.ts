import type { Route53Weighted, Weights } from "./traffic.ts";
import { seconds, type Duration } from "./units.ts";
import { shareOf } from "./weight-share.ts";

/** How long after a change the provider asks for the first time whether every name server has it. */
export const askedAfter = seconds(15);

/** What an alias answers with: a load balancer's names have this TTL, which nobody can change. */
export const loadBalancerTtl = seconds(60);

/** Some resolvers keep every answer for so long, whatever its TTL says. */
export const keptAnyway = seconds(30);

/** What says how long clients follow records that have changed. */
type Followed = Pick<Route53Weighted, "ttl" | "connectionsLiveFor">;

/**
 * For how long clients may still go where the records before sent them, once both are in sync: with the last moment
 * of a cached answer somebody opens a connection, and keeps it.
 */
export const recordsFollowedWithin = ({ ttl, connectionsLiveFor }: Followed): Duration => ({
  milliseconds:
    Math.max(ttl.milliseconds, keptAnyway.milliseconds) + connectionsLiveFor.milliseconds,
});

/**
 * What a rollback takes at the least: both records one after the other, then the caches, then connections that are
 * kept. A budget for no more than this cannot be kept.
 */
export const recordsBackAfter = (records: Followed): Duration => ({
  milliseconds: 2 * askedAfter.milliseconds + recordsFollowedWithin(records).milliseconds,
});

/** Green's share between the two writes of a step up, percent: it is raised before blue is lowered. */
export const raisedShare = (from: Weights, to: Weights): number =>
  shareOf(to.green, [to.green, from.blue]);
