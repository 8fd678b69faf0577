import { Resolver } from "node:dns/promises";
import { onTestFinished } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { seededRandom } from "../../../../rehearsal/world/application/seeded-random.ts";
import { HostedZone } from "../../../../rehearsal/world/dns/hosted-zone.ts";
import { startNameServer, type Judgement } from "../../../../rehearsal/world/dns/name-server.ts";
import type { RecordSet } from "../../../../rehearsal/world/dns/record-set.ts";

/** Where this test's clock begins. */
export const midnight = Date.UTC(2026, 10, 21);

/** Lets cutover time pass at once. */
export const forward = (clock: CutoverClock, seconds: number): void => {
  clock.follow({
    wallMilliseconds: Date.now(),
    cutoverMilliseconds: clock.now() + 1_000 * seconds,
    rate: clock.state.rate,
  });
};

export const name = "www.example.com.";
export const blueAddress = "192.0.2.10";
export const greenAddress = "192.0.2.20";

/** One side of a weighted pair at {@link name}. */
export const side = (
  which: "blue" | "green",
  weight: number,
  more: Partial<RecordSet> = {},
): RecordSet => ({
  name,
  type: "A",
  ttl: 60,
  values: [which === "blue" ? blueAddress : greenAddress],
  setIdentifier: which,
  weight,
  ...more,
});

/** A load balancer in a zone of its provider's. */
export const loadBalancer = { zoneId: "ZELB", name: "green.elb.example." };

/** An empty zone `example.com` with a load balancer to lead to, whose changes are in sync at once, unless said otherwise. */
export const emptyZone = (propagationMilliseconds = 0, healthy = () => true) => {
  const clock = CutoverClock.startingAt(midnight);
  const zone = new HostedZone({
    id: "Z0123456789",
    name: "example.com",
    clock,
    propagationMilliseconds,
    loadBalancers: [{ ...loadBalancer, address: greenAddress, healthy }],
  });
  const set = (...records: readonly RecordSet[]): void => {
    zone.change(records.map((recordSet) => ({ action: "UPSERT", recordSet })));
  };
  return { clock, zone, set };
};

/** A real client of a server. */
export const clientOf = (address: string): Resolver => {
  const client = new Resolver({ timeout: 1_000, tries: 2 });
  client.setServers([address]);
  return client;
};

/** The zone with its name server, and a real client of it. */
export const servedZone = async (
  judgement: Partial<Judgement> = {},
  propagation = 0,
  loadBalancerHealthy = () => true,
) => {
  const world = emptyZone(propagation, loadBalancerHealthy);
  const server = await startNameServer(world.zone, {
    healthy: () => true,
    random: seededRandom(7),
    ...judgement,
  });
  onTestFinished(() => server.stop());
  return { ...world, server, client: clientOf(server.address) };
};
