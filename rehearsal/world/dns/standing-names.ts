import type { TrafficName } from "../../../definition/names.ts";
import type { Settled } from "../../../definition/tbd.ts";
import type { CutoverClock } from "../../clock.ts";
import { AddressBook } from "./address-book.ts";
import { HealthChecks } from "./health-checks.ts";
import { HostedZone } from "./hosted-zone.ts";
import { usualPropagation } from "./propagation.ts";
import { canonicalName, type RecordSet } from "./record-set.ts";
import { hostedZone, type Route53World } from "./route53-api.ts";

/**
 * Route 53 with the zones of a system's names, each name with the record that its owner made before the cutover: it
 * leads to the load balancer already, with the TTL as found.
 */
export const standingNames = (
  names: readonly Settled<TrafficName>[],
  clock: CutoverClock,
  accessKey: string,
): Route53World => {
  const zones = new Map<string, HostedZone>();
  for (const found of names) {
    const { zoneId, name } = found;
    const zone =
      zones.get(zoneId) ??
      new HostedZone({
        id: zoneId,
        name: name.split(".").slice(1).join("."),
        clock,
        propagationMilliseconds: usualPropagation,
      });
    zones.set(zoneId, zone);
    zone.change([{ action: "CREATE", recordSet: asFound(found) }]);
  }
  return {
    clock,
    zones: [...zones.values()],
    healthChecks: new HealthChecks(clock, new AddressBook()),
    accessKey,
  };
};

/** Gives each name its TTL as found again, as somebody does who works on the zone by hand. */
export const putTtlBack = (names: readonly Settled<TrafficName>[], world: Route53World): void => {
  for (const found of names) {
    hostedZone(world, found.zoneId).change([{ action: "UPSERT", recordSet: asFound(found) }]);
  }
};

const asFound = ({ name, leadsTo, ttlAsFound }: Settled<TrafficName>): RecordSet => ({
  name: canonicalName(name),
  type: "CNAME",
  ttl: ttlAsFound.milliseconds / 1_000,
  values: [leadsTo],
});
