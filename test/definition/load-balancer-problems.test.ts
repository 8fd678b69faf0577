import { expect, test } from "vitest";
import { loadBalancerProblems } from "../../definition/load-balancer-problems.ts";
import { defineSystem } from "../../definition/system.ts";
import { cloudflareLoadBalancer, type CloudflareLoadBalancer } from "../../definition/traffic.ts";
import { hours, milliseconds, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";

const balancer = (checks: CloudflareLoadBalancer["checks"]) =>
  cloudflareLoadBalancer({
    accountId: "account-1",
    zoneId: "zone-1",
    name: "lms.company.com",
    addresses: { blue: "192.0.2.10", green: "192.0.2.20" },
    checks,
  });

test.for([seconds(10), seconds(60), hours(1)])(
  "%j between two checks is what Cloudflare takes",
  (every) =>
    expect(loadBalancerProblems({ traffic: balancer({ every, from: ["WEU", "EEU"] }) })).toEqual(
      [],
    ),
);

test.for([seconds(9), hours(2), milliseconds(15_500)])(
  "%j between two checks is refused",
  (every) =>
    expect(loadBalancerProblems({ traffic: balancer({ every, from: ["WEU"] }) })).toMatchObject([
      { key: "traffic.checks.every" },
    ]),
);

test.for([[[]], [["ALL_REGIONS"]], [["weu"]]])("regions %j are refused", ([from = []]) =>
  expect(loadBalancerProblems({ traffic: balancer({ every: seconds(60), from }) })).toMatchObject([
    { key: "traffic.checks.from" },
  ]),
);

test("a definition says so in one line when it is loaded, and no other mechanism is looked at", () => {
  const traffic = balancer({ every: seconds(5), from: ["WEU"] });
  expect(() => defineSystem({ ...lms, traffic })).toThrow(
    "stacks/lms.ts: traffic.checks.every is 5000 ms, expected whole seconds from 10 s to 1 h",
  );
  expect(loadBalancerProblems(lms)).toEqual([]);
});
