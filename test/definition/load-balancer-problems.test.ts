import { expect, test } from "vitest";
import { loadBalancerProblems } from "../../definition/load-balancer-problems.ts";
import { defineSystem } from "../../definition/system.ts";
import { cloudflareLoadBalancer } from "../../definition/traffic.ts";
import { hours, milliseconds, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { accountId, zoneId } from "../cloudflare-system.ts";

const balancer = {
  mechanism: "cloudflare load balancer",
  ...{ accountId, zoneId, name: "lms.company.com" },
  addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
  checks: { every: seconds(60), from: ["WEU"] },
} as const;

const keys = (changes: object) =>
  loadBalancerProblems({ ...balancer, ...changes }).map(({ key }) => key);

test.for([
  {},
  { checks: { every: seconds(10), from: ["WEU", "EEU"] } },
  { checks: { every: hours(1), from: ["OC"] } },
  { addresses: { blue: "2001:db8::10", green: "green.company.net" } },
])("%j is what Cloudflare takes", (changes) => expect(keys(changes)).toEqual([]));

test.for([
  ["an interval of nine seconds", { checks: { every: seconds(9), from: ["WEU"] } }, "checks.every"],
  ["an interval of two hours", { checks: { every: hours(2), from: ["WEU"] } }, "checks.every"],
  [
    "an interval with a part of a second",
    { checks: { every: milliseconds(15_500), from: ["WEU"] } },
    "checks.every",
  ],
  ["no region", { checks: { every: seconds(60), from: [] } }, "checks.from"],
  ["every region", { checks: { every: seconds(60), from: ["ALL_REGIONS"] } }, "checks.from.0"],
  ["an account by its name", { accountId: "company" }, "accountId"],
  ["a zone by its name", { zoneId: "company.com" }, "zoneId"],
  ["a name with a dot at its end", { name: "lms.company.com." }, "name"],
  ["no address", { addresses: { blue: "", green: "192.0.2.20" } }, "addresses.blue"],
  [
    "one address for both sides",
    { addresses: { blue: "192.0.2.10", green: "192.0.2.10" } },
    "addresses.green",
  ],
] as const)("%s is refused", ([, changes, key]) =>
  expect(keys(changes)).toEqual([`traffic.${key}`]),
);

test("a definition says so in one line when it is loaded", () => {
  const traffic = cloudflareLoadBalancer({
    ...balancer,
    checks: { every: seconds(5), from: ["WEU"] },
  });
  expect(() => defineSystem({ ...lms, traffic })).toThrow(
    /^stacks\/lms\.ts: traffic\.checks\.every is .*, expected whole seconds from 10 s to 1 h/,
  );
});
