import { postureAt } from "./ladder.ts";
import type { Plan } from "./plan.ts";
import type { Open, Settled } from "./tbd.ts";
import type { Duration } from "./units.ts";

/**
 * A name of DNS under which users reach the load balancer that splits the traffic: a CNAME record, which stands
 * already. It leads there throughout, so that no resolver holds up a move. What a stage changes, by its value
 * `ttlSeconds`, is for how long resolvers may keep the answer.
 */
export interface TrafficName {
  /** Id of the hosted zone in Route 53. */
  readonly zoneId: Open<string>;
  /** Whole, without the dot at its end; not the name of the zone itself, which can have no CNAME record. */
  readonly name: Open<string>;
  /** The load balancer's own DNS name. */
  readonly leadsTo: Open<string>;
  /** For how long resolvers keep the answer before the cutover touches the record: whole seconds. */
  readonly ttlAsFound: Open<Duration>;
}

/** For how many seconds resolvers may keep the answer of a name at a stage; as found, where the stage says none. */
export const ttlAt = (
  plan: Pick<Plan, "ladder" | "config">,
  { ttlAsFound }: Pick<Settled<TrafficName>, "ttlAsFound">,
  stage: string,
): number => {
  const { ttlSeconds } = postureAt(plan, stage);
  return typeof ttlSeconds === "number" ? ttlSeconds : ttlAsFound.milliseconds / 1_000;
};
