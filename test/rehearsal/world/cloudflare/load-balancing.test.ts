import { describe, expect, test } from "vitest";
import {
  balancerBody,
  monitorBody,
  poolBody,
} from "../../../../rehearsal/world/cloudflare/objects.ts";
import { emptyAccount, pair } from "./cloudflare-world.ts";

const invalid = (message: string) => `${message}: validation failed`;

describe("a monitor", () => {
  test.for([
    [
      "an interval that the plan does not allow",
      { interval: 14 },
      "interval is not in range [15, 3600]",
    ],
    ["an interval of two hours", { interval: 7_200 }, "interval is not in range [15, 3600]"],
    ["a path without a slash", { path: "health" }, "path health does not begin with a slash"],
    ["codes that are none", { expected_codes: "ok" }, "expected_codes ok is no list of codes"],
  ] as const)("with %s is refused", ([, change, message]) =>
    expect(() => emptyAccount().monitors.create(monitorBody.parse(change))).toThrow(
      invalid(message),
    ),
  );
});

describe("a pool", () => {
  const origins = [{ name: "green", address: "192.0.2.20" }];
  test.for([
    ["a name with a dot", { name: "lms.green" }, "name lms.green has other characters than it may"],
    ["no origin", { origins: [] }, "origins must not be empty"],
    [
      "an origin without an address",
      { origins: [{ name: "green", address: "" }] },
      "origin green has no address",
    ],
    [
      "a weight of 2",
      { origins: [{ ...origins[0], weight: 2 }] },
      "weight of origin green is not in range [0, 1]",
    ],
    ["a monitor that does not exist", { monitor: "m" }, "monitor m does not exist"],
    [
      "more healthy origins than it has",
      { minimum_origins: 2 },
      "minimum_origins is not in range [0, 1]",
    ],
  ] as const)("with %s is refused", ([, change, message]) =>
    expect(() =>
      emptyAccount().pools.create(poolBody.parse({ name: "lms-green", origins, ...change })),
    ).toThrow(invalid(message)),
  );

  test("that every data center looks at needs Enterprise", () => {
    const account = emptyAccount();
    const monitor = account.monitors.create(monitorBody.parse({})).id;
    expect(() =>
      account.pools.create(poolBody.parse({ name: "lms-green", origins, monitor })),
    ).toThrow("check_regions: all data centers are for enterprise customers");
  });
});

describe("a load balancer", () => {
  test.for([
    [
      "a host of another zone",
      { name: "lms.example.com" },
      "name lms.example.com is not in company.com",
    ],
    ["no pool", { default_pools: [] as string[] }, "default_pools must not be empty"],
    ["a pool that does not exist", { default_pools: ["p"] as string[] }, "pool p does not exist"],
    ["a fallback pool that does not exist", { fallback_pool: "p" }, "pool p does not exist"],
    [
      "weights for a pool that it does not list",
      { random_steering: { default_weight: 1, pool_weights: { p: 1 } } },
      "pool_weights: no pool p",
    ],
    [
      "cookies without a proxy",
      { proxied: false, session_affinity: "cookie" as const },
      "session_affinity cookie needs a proxied load balancer",
    ],
  ] as const)("with %s is refused", ([, change, message]) => {
    const { change: by } = pair({ blue: 1, green: 0 });
    expect(() => {
      by(change);
    }).toThrow(invalid(message));
  });

  test.for([10, -0.1, 1.01])("a weight of %d is refused: weights are shares of 1", (weight) => {
    const { change, blue } = pair({ blue: 1, green: 0 });
    const steering = { default_weight: 0, pool_weights: { [blue]: weight } };
    expect(() => {
      change({ random_steering: steering });
    }).toThrow(invalid(`weight of pool ${blue} is not in range [0, 1]`));
  });

  test("a second one for the same host is refused", () => {
    const { account, balancer } = pair({ blue: 1, green: 0 });
    const { id: _, created_on: __, modified_on: ___, ...body } = account.balancers.found(balancer);
    expect(() => account.balancers.create(balancerBody.parse(body))).toThrow(
      invalid("a load balancer lms.company.com exists"),
    );
  });

  test("each write gives it another time of change, at the same instant as well", () => {
    const { account, balancer, change } = pair({ blue: 1, green: 0 });
    const seen = new Set([account.balancers.found(balancer).modified_on]);
    for (let count = 0; count < 5; count += 1) {
      change({});
      seen.add(account.balancers.found(balancer).modified_on);
    }
    expect(seen.size).toBe(6);
  });
});

test("what another object needs cannot be removed", () => {
  const { account, blue, balancer } = pair({ blue: 1, green: 0 });
  expect(() => {
    account.pools.remove(blue);
  }).toThrow(`pool ${blue} is referenced by other objects`);
  const [monitor] = account.monitors.list();
  expect(() => {
    account.monitors.remove(monitor?.id ?? "");
  }).toThrow(/is referenced by other objects/);
  account.balancers.remove(balancer);
  account.pools.remove(blue);
  expect(account.pools.get(blue)).toBeUndefined();
});
