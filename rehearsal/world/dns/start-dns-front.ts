import type { SettledSystem } from "../../../definition/system.ts";
import type { Settled } from "../../../definition/tbd.ts";
import type { RecordTarget, Route53Weighted } from "../../../definition/traffic.ts";
import { trafficObject } from "../../../definition/traffic-object.ts";
import { shareOf } from "../../../definition/weight-share.ts";
import { startAwsProvider } from "../../providers/aws/aws-provider.ts";
import type { AppliedWeights } from "../gateway.ts";
import type { FrontOptions, TrafficFront } from "../traffic-front.ts";
import { AddressBook } from "./address-book.ts";
import { Clients } from "./clients.ts";
import { DnsFront } from "./dns-front.ts";
import { HealthChecks } from "./health-checks.ts";
import { HostedZone } from "./hosted-zone.ts";
import type { LoadBalancer } from "./load-balancer.ts";
import { stratifiedRandom } from "./stratified-random.ts";
import { startNameServer } from "./name-server.ts";
import { usualPropagation } from "./propagation.ts";
import { canonicalName, type RecordSet } from "./record-set.ts";
import { ResolverPopulation } from "./resolver-population.ts";
import { route53Api } from "./route53-api.ts";

/** Starts a zone with name server and resolvers, and the way of clients through them to both sides. */
export const startDnsFront = async (
  { system, store, directory, random, clock }: FrontOptions,
  route: Settled<Route53Weighted>,
): Promise<TrafficFront> => {
  const { namespace } = system.workload;
  const { blue, green } = system.environments;
  const zoneName = route.name.split(".").slice(1).join(".");
  const { targets } = route;
  const addresses = { blue: addressOf(targets.blue, 1), green: addressOf(targets.green, 2) };
  const loadBalancers = (["blue", "green"] as const).flatMap((side): LoadBalancer[] => {
    const target = targets[side];
    if (!("alias" in target)) return [];
    const { zoneId, name } = target.alias;
    const healthy = (): boolean => directory.pods.some((pod) => pod.side === side && pod.ready);
    return [{ zoneId, name: canonicalName(name), address: addresses[side], healthy }];
  });
  const zone = new HostedZone({
    ...{ id: route.zoneId, name: zoneName, clock, loadBalancers },
    propagationMilliseconds: usualPropagation,
  });
  const healthChecks = new HealthChecks(clock, new AddressBook());
  const server = await startNameServer(zone, {
    healthy: (id) => healthChecks.healthy(id),
    random: stratifiedRandom(random),
  });
  const resolvers = await ResolverPopulation.start(clock, server.port);
  const clients = new Clients({
    clock,
    asked: async (client) => {
      const address = await resolvers.addressFor(client, route.name);
      if (address === undefined) return undefined;
      return address === addresses.green ? "green" : "blue";
    },
    connectionsLiveMilliseconds: route.connectionsLiveFor.milliseconds,
    random,
  });
  const front = await DnsFront.start({
    store,
    directory,
    namespace,
    services: { blue: blue.name, green: green.name },
    sideForSomebody: () => clients.sideForSomebody(),
    random,
  });
  const accessKey = "rehearsal";
  const route53 = { clock, zones: [zone], healthChecks, accessKey };
  return {
    url: front.url,
    adminUrl: front.adminUrl,
    applied: () => shares(zone.served(), system),
    setByHand: (weight) => {
      const to = { blue: 100 - weight, green: weight };
      const { destinations } = trafficObject(system);
      zone.change(
        weightedRecords(zone.list(), route).map((recordSet) => {
          const which = recordSet.setIdentifier === destinations.green ? "green" : "blue";
          return { action: "UPSERT", recordSet: { ...recordSet, weight: to[which] } };
        }),
      );
    },
    take: () => {
      const [like] = weightedRecords(zone.list(), route);
      if (like === undefined) throw new Error(`there is no weighted record ${route.name} to take`);
      const recordSet = { ...like, setIdentifier: "external-dns", weight: 0 };
      zone.change([{ action: "CREATE", recordSet }]);
    },
    freeze: () => {
      zone.freeze();
    },
    cloud: {
      package: "aws",
      start: (interruptions) => startAwsProvider({ accessKey, route53 }, interruptions),
      apis: [{ path: "/route53", handle: route53Api(route53) }],
      throttle: () => {
        zone.throttle(1);
      },
    },
    stop: async () => {
      await front.stop();
      await resolvers.stop();
      await server.stop();
      healthChecks.stop();
    },
  };
};

/** The address of a side; a load balancer of the rehearsal has one of those kept for examples. */
const addressOf = (target: Settled<RecordTarget>, number: number): string =>
  "alias" in target ? `198.51.100.${number}` : target.address;

const weightedRecords = (
  records: readonly RecordSet[],
  { name }: Pick<Route53Weighted, "name">,
): readonly RecordSet[] =>
  records.filter((each) => each.name === canonicalName(name) && each.weight !== undefined);

/** What the name servers answer now, percent; nothing while there are no records. */
const shares = (served: readonly RecordSet[], system: SettledSystem): AppliedWeights => {
  const { destinations } = trafficObject(system);
  const weighted = served.flatMap(({ setIdentifier, weight }) =>
    weight === undefined ? [] : [{ setIdentifier, weight }],
  );
  const all = weighted.map(({ weight }) => weight);
  const share = (identifier: string): number => {
    const found = weighted.find(({ setIdentifier }) => setIdentifier === identifier);
    return found === undefined ? 0 : shareOf(found.weight, all);
  };
  return { blue: share(destinations.blue), green: share(destinations.green) };
};
