import type { HostedZone } from "./hosted-zone.ts";
import { LoopbackDnsServer } from "./loopback-dns-server.ts";
import { zoneAnswer, type ServedZone } from "./zone-answer.ts";

/** What the answers of a name server depend on beside its zone. */
export type Judgement = Pick<ServedZone, "healthy" | "random">;

/** Serves a hosted zone as its authoritative name server: what is in sync, and nothing of what is pending. */
export const startNameServer = (
  zone: HostedZone,
  { healthy, random }: Judgement,
): Promise<LoopbackDnsServer> =>
  LoopbackDnsServer.start((question) =>
    zoneAnswer({ name: zone.name, records: zone.served(), healthy, random }, question),
  );
