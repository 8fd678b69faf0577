import { z } from "zod";
import { balancerDescription } from "../../definition/balancer-description.ts";
import { shareOf } from "../../definition/weight-share.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { CloudflareLoadBalancer } from "../../definition/traffic.ts";
import { bounded, NotThere } from "./bounded.ts";
import { cloudflareApi, type CloudflareApi, type CloudflareConnection } from "./cloudflare-api.ts";
import type { LiveRoute } from "./live-route.ts";
import {
  loadBalancer,
  pool,
  weightOf,
  whyNotByWeights,
  type ListedBalancer,
  type ListedPool,
  type PoolStanding,
} from "./load-balancer-problems.ts";
import type { Reading } from "./reading.ts";

/**
 * A load balancer of Cloudflare as it is in force: three questions a reading, of the 1,200 that a user of the
 * API has for five minutes.
 * @param system whose component writes it. @param pools names of both sides' pools.
 */
export const readLoadBalancer = (
  connection: CloudflareConnection,
  route: Settled<CloudflareLoadBalancer>,
  system: string,
  pools: { readonly blue: string; readonly green: string },
): Promise<Reading<LiveRoute>> => {
  const ask = cloudflareApi(connection);
  const { accountId, zoneId, name } = route;
  return bounded(
    "Cloudflare",
    async (signal) => {
      const account = `/accounts/${encodeURIComponent(accountId)}/load_balancers/pools`;
      const [balancers, all] = await Promise.all([
        ask(`/zones/${encodeURIComponent(zoneId)}/load_balancers`, signal),
        ask(account, signal),
      ]);
      const balancer = z
        .array(loadBalancer)
        .parse(balancers)
        .find((one) => one.name === name);
      if (balancer === undefined) throw new NotThere(`the zone has no load balancer ${name}`);
      const known = z.array(pool).parse(all);
      const shares = sharesOf(balancer);
      const standing = async (side: "blue" | "green"): Promise<PoolStanding> => {
        const listed = poolNamed(pools[side], known, balancer);
        const { id, enabled, monitor } = listed;
        const watched = enabled && (monitor ?? "") !== "";
        return {
          listed,
          address: route.addresses[side],
          share: shares.get(id) ?? 0,
          // Without a monitor Cloudflare takes it for healthy.
          healthy: !watched || (await isHealthy(ask, `${account}/${id}/health`, signal)),
        };
      };
      const [blue, green] = await Promise.all([standing("blue"), standing("green")]);
      const { modified_on: version } = balancer;
      const description = balancer.description ?? "";
      const foreign = balancerDescription.isOf(system, description)
        ? []
        : [`whoever describes it as "${description.slice(0, 60)}"`];
      const further = balancer.default_pools
        .filter((id) => id !== blue.listed.id && id !== green.listed.id)
        .map((id) => `whoever added its further pool ${nameOf(known, id)}`);
      const problem = whyNotByWeights(balancer, [blue, green]);
      return {
        weights: { blue: blue.share, green: green.share },
        notInForce: problem === undefined ? undefined : `load balancer ${name} ${problem}`,
        writtenOver: balancerDescription.writtenOverIn(description),
        version,
        owners: [...foreign, ...further],
      };
    },
    connection.timeoutMilliseconds,
  );
};

/** Names need not be unique in an account: the load balancer's own pool is meant. */
const poolNamed = (
  name: string,
  known: readonly ListedPool[],
  { default_pools: own }: ListedBalancer,
): ListedPool => {
  const named = known.filter((one) => one.name === name);
  const found = named.find(({ id }) => own.includes(id)) ?? named[0];
  if (found === undefined) throw new NotThere(`the account has no pool ${name}`);
  return found;
};

/** Share of each pool by id, percent. */
const sharesOf = (balancer: ListedBalancer): ReadonlyMap<string, number> => {
  const ids = balancer.default_pools;
  const weights = ids.map((id) => weightOf(balancer, id));
  return new Map(ids.map((id) => [id, shareOf(weightOf(balancer, id), weights)]));
};

const nameOf = (known: readonly ListedPool[], id: string): string =>
  known.find((one) => one.id === id)?.name ?? id;

/** Whether more places find a pool healthy than do not; nobody has looked yet is no. */
const isHealthy = async (ask: CloudflareApi, path: string, signal: AbortSignal) => {
  const { pop_health: places } = health.parse(await ask(path, signal));
  const said = Object.values(places ?? {});
  return said.filter(({ healthy }) => healthy).length * 2 > said.length;
};

const health = z.object({
  pop_health: z.record(z.string(), z.object({ healthy: z.boolean() })).nullish(),
});
