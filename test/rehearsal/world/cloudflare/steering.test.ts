import { expect, test } from "vitest";
import { steered } from "../../../../rehearsal/world/cloudflare/steering.ts";
import { pair, type Pair } from "./cloudflare-world.ts";

/** Weights by name of pool. */
const shares = ({ account, balancer }: Pair, sick: readonly string[] = []) =>
  Object.fromEntries(
    steered(
      account.balancers.found(balancer),
      (id) => account.pools.get(id),
      ({ id }) => !sick.includes(id),
    ).map(({ pool, weight }) => [pool.name, weight]),
  );

test("pools share by their weights, and one at 0 gets nothing", () => {
  expect(shares(pair({ blue: 0.9, green: 0.1 }))).toEqual({ "lms-blue": 0.9, "lms-green": 0.1 });
  expect(shares(pair({ blue: 1, green: 0 }))).toEqual({ "lms-blue": 1, "lms-green": 0 });
});

test("a pool that is sick is left out, so the other gets everything, at weight 0 as well", () => {
  const both = pair({ blue: 1, green: 0 });
  expect(shares(both, [both.blue])).toEqual({ "lms-green": 1 });
  expect(shares(both, [both.green])).toEqual({ "lms-blue": 1 });
});

test("a disabled pool is left out too", () => {
  const both = pair({ blue: 0.5, green: 0.5 });
  const green = both.account.pools.found(both.green);
  both.account.pools.update(both.green, { ...green, enabled: false });
  expect(shares(both)).toEqual({ "lms-blue": 0.5 });
});

test("weights that are all 0 are as if there were none", () =>
  expect(shares(pair({ blue: 0, green: 0 }))).toEqual({ "lms-blue": 1, "lms-green": 1 }));

test("a pool without a weight of its own has the default one", () => {
  const both = pair({ blue: 1, green: 0 });
  both.change({ random_steering: { default_weight: 0.5, pool_weights: { [both.blue]: 1 } } });
  expect(shares(both)).toEqual({ "lms-blue": 1, "lms-green": 0.5 });
});

test("where no pool is left the fallback pool serves, its health unasked", () => {
  const both = pair({ blue: 0, green: 1 });
  expect(shares(both, [both.blue, both.green])).toEqual({ "lms-blue": 1 });
});

test("in order, the first healthy pool gets everything, whatever the weights say", () => {
  const both = pair({ blue: 0.1, green: 0.9 });
  both.change({ steering_policy: "off" });
  expect(shares(both)).toEqual({ "lms-blue": 1 });
});

test("a disabled load balancer leads nowhere", () => {
  const both = pair({ blue: 1, green: 0 });
  both.change({ enabled: false });
  expect(shares(both)).toEqual({});
});
