import { z } from "zod";
import { balancerDescription } from "../../definition/balancer-description.ts";
import { shareOf } from "../../definition/weighted-records.ts";
import type { Settled } from "../../definition/tbd.ts";
import type { CloudflareLoadBalancer } from "../../definition/traffic.ts";
import { bounded, NotThere } from "./bounded.ts";
import { cloudflareApi, type CloudflareApi, type CloudflareConnection } from "./cloudflare-api.ts";
import type { LiveRoute } from "./live-route.ts";
import { balancerProblem, type LoadBalancer, type PoolStanding } from "./load-balancer-problem.ts";
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
      const standing = async (poolName: string): Promise<PoolStanding> => {
        const found = known.find((one) => one.name === poolName);
        if (found === undefined) throw new NotThere(`the account has no pool ${poolName}`);
        const { id, enabled, monitor } = found;
        const watched = enabled && (monitor ?? "") !== "";
        return {
          name: poolName,
          id,
          share: shares.get(id) ?? 0,
          enabled,
          // Without a monitor Cloudflare takes it for healthy.
          healthy: !watched || (await isHealthy(ask, `${account}/${id}/health`, signal)),
        };
      };
      const [blue, green] = await Promise.all([standing(pools.blue), standing(pools.green)]);
      const { description, modified_on: version } = balancer;
      const foreign = balancerDescription.isOf(system, description)
        ? []
        : [`whoever describes it as "${description.slice(0, 60)}"`];
      const further = balancer.default_pools
        .filter((id) => id !== blue.id && id !== green.id)
        .map((id) => `whoever added its further pool ${nameOf(known, id)}`);
      const problem = balancerProblem(balancer, [blue, green]);
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

const flag = z.boolean();

const loadBalancer = z.object({
  name: z.string(),
  description: z
    .string()
    .nullish()
    .transform((text) => text ?? ""),
  modified_on: z.string(),
  enabled: flag.default(true),
  proxied: flag.default(false),
  default_pools: z.array(z.string()),
  steering_policy: z.string().default(""),
  session_affinity: z.string().default(""),
  random_steering: z
    .object({
      default_weight: z.number().min(0).max(1).default(1),
      pool_weights: z.record(z.string(), z.number().min(0).max(1)).nullish(),
    })
    .nullish(),
  adaptive_routing: z.object({ failover_across_pools: flag.default(false) }).nullish(),
  rules: z.array(z.object({ disabled: flag.default(false) })).nullish(),
}) satisfies z.ZodType<LoadBalancer>;

const pool = z.object({
  id: z.string(),
  name: z.string(),
  enabled: flag.default(true),
  monitor: z.string().nullish(),
});

/** Share of each pool by id, percent. */
const sharesOf = ({ default_pools: ids, random_steering: steering }: LoadBalancer) => {
  const weights = ids.map((id) => steering?.pool_weights?.[id] ?? steering?.default_weight ?? 1);
  return new Map(ids.map((id, index) => [id, shareOf(weights[index] ?? 0, weights)]));
};

const nameOf = (known: readonly z.infer<typeof pool>[], id: string): string =>
  known.find((one) => one.id === id)?.name ?? id;

/** Whether more places find a pool healthy than do not; nobody has looked yet is no. */
const isHealthy = async (ask: CloudflareApi, path: string, signal: AbortSignal) => {
  const { pop_health: places } = health.parse(await ask(path, signal));
  const said = Object.values(places ?? {});
  return said.filter(({ healthy }) => healthy).length * 2 > said.length;
};

const health = z.object({
  pop_health: z.record(z.string(), z.object({ healthy: flag })).nullish(),
});
