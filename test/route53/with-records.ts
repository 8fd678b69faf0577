import type { SystemDefinition } from "../../definition/system.ts";
import { route53Weighted } from "../../definition/traffic.ts";
import { seconds } from "../../definition/units.ts";

/** A system as it would be if weighted records of Route 53 split its traffic. */
export const withRecords = (system: SystemDefinition): SystemDefinition => ({
  ...system,
  // Two writes, each in sync with every name server, then TTLs and caches: no VirtualService is as slow.
  rollback: { ...system.rollback, within: seconds(150) },
  rehearsal: { ...system.rehearsal, requestsPerSecond: 30 },
  traffic: route53Weighted({
    zoneId: "Z0REHEARSAL",
    name: "lms.company.com",
    ttl: seconds(10),
    addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
  }),
});
