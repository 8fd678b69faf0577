import type { HostedZone } from "./hosted-zone.ts";
import { recordOf } from "./load-balancer.ts";
import { LoopbackDnsServer } from "./loopback-dns-server.ts";
import { zoneAnswer, type ServedZone } from "./zone-answer.ts";

/** What the answers of a name server depend on beside its zone. */
export type Judgement = Pick<ServedZone, "healthy" | "random">;

/** Serves a hosted zone as its authoritative name server: what is in sync, and nothing of what is pending. */
export const startNameServer = (
  zone: HostedZone,
  { healthy, random }: Judgement,
): Promise<LoopbackDnsServer> => {
  const { name, loadBalancers } = zone;
  const elsewhere = loadBalancers.map(recordOf);
  const isHealthy = (id: string): boolean =>
    loadBalancers.find((one) => one.name === id)?.healthy() ?? healthy(id);
  return LoopbackDnsServer.start((question) => {
    const records = [...zone.served(), ...elsewhere];
    return zoneAnswer({ name, records, healthy: isHealthy, random }, question);
  });
};
