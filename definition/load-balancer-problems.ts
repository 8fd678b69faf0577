import { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { cloudflareRegions } from "./cloudflare-regions.ts";
import { domainName } from "./domain-name.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { Settled } from "./tbd.ts";
import type { CloudflareLoadBalancer } from "./traffic.ts";

const id = z.string().regex(/^[0-9a-f]{32}$/, "an id of Cloudflare: 32 hexadecimal digits");

const address = z.union(
  [z.ipv4(), z.ipv6(), domainName],
  "an IP address, or a name that Cloudflare does not proxy",
);

const interval =
  "whole seconds from 10 s to 1 h; your plan of Cloudflare may want 15 s or 60 s at least";

const shape = z.strictObject({
  mechanism: z.literal("cloudflare load balancer"),
  accountId: id,
  zoneId: id,
  name: domainName,
  addresses: z.strictObject({ blue: address, green: address }),
  checks: z.strictObject({
    every: z
      .object({ milliseconds: z.number() }, interval)
      .refine(
        ({ milliseconds: of }) => of % 1_000 === 0 && of >= 10_000 && of <= 3_600_000,
        interval,
      ),
    // None would mean every data center, which is for Enterprise.
    from: z
      .array(z.enum(cloudflareRegions, `one of ${cloudflareRegions.join(", ")}`))
      .min(1, "at least one region"),
  }),
});

/** Values of a load balancer that Cloudflare refuses or that cannot work. */
export const loadBalancerProblems = (
  balancer: Settled<CloudflareLoadBalancer>,
): readonly Problem[] => {
  const misshapen = shapeProblems(shape, balancer, "traffic");
  if (misshapen.length > 0) return misshapen;
  const { blue, green } = balancer.addresses;
  return blue === green
    ? [{ key: "traffic.addresses.green", found: shown(green), expected: "not blue's own" }]
    : [];
};
