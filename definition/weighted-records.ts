import type { Route53Weighted, Weights } from "./traffic.ts";
import { seconds, type Duration } from "./units.ts";
import { shareOf } from "./weight-share.ts";

/** How long after a change the provider asks for the first time whether every name server has it. */
export const askedAfter = seconds(15);

/** What an alias answers with: a load balancer's names have this TTL, which nobody can change. */
export const loadBalancerTtl = seconds(60);

/** Some resolvers keep every answer for so long, whatever its TTL says. */
export const keptAnyway = seconds(30);

/** For how long clients may still go where the records before sent them, once both are in sync. */
export const recordsFollowedWithin = ({ ttl }: Pick<Route53Weighted, "ttl">): Duration =>
  ttl.milliseconds > keptAnyway.milliseconds ? ttl : keptAnyway;

/**
 * What a rollback takes at the least: both records one after the other, then the caches. A budget for no
 * more than this cannot be kept.
 */
export const recordsBackAfter = (records: Pick<Route53Weighted, "ttl">): Duration => ({
  milliseconds: 2 * askedAfter.milliseconds + recordsFollowedWithin(records).milliseconds,
});

/** Green's share between the two writes of a step up, percent: it is raised before blue is lowered. */
export const raisedShare = (from: Weights, to: Weights): number =>
  shareOf(to.green, [to.green, from.blue]);
