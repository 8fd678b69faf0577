import { describe, expect, test } from "vitest";
import { rehearsalToken } from "../../../definition/rehearsal-token.ts";
import { readLoadBalancer } from "../../../policies/facts/load-balancer-reader.ts";
import { byCloudflare } from "../../cloudflare-system.ts";
import { cloudflareSource } from "../../rehearsal/world/cloudflare/cloudflare-source.ts";
import {
  blueAddress,
  greenAddress,
  pair,
  type Pair,
} from "../../rehearsal/world/cloudflare/cloudflare-world.ts";
import { hang, json, localSource } from "./local-source.ts";

const { traffic } = byCloudflare;
if (traffic.mechanism !== "cloudflare load balancer") throw new Error("another mechanism");
const pools = { blue: "lms-blue", green: "lms-green" };

const readAt = (url: string, token = rehearsalToken, timeoutMilliseconds = 5_000) =>
  readLoadBalancer({ url, token, timeoutMilliseconds }, traffic, "lms", pools);

/** An account whose monitors have looked once, and the reader of it. */
const reading = async (
  weights: { readonly blue: number; readonly green: number },
  monitored?: readonly ("blue" | "green")[],
) => {
  const both = pair(weights, monitored);
  const url = await cloudflareSource(both);
  const { account, health } = both;
  const isKnown = () =>
    account.pools.list().every((pool) => pool.monitor === null || health.isHealthy(pool));
  await expect.poll(isKnown).toBe(true);
  return { ...both, url, read: () => readAt(url) };
};

const poolChanged = ({ account }: Pair, id: string, by: object): void => {
  account.pools.update(id, { ...account.pools.found(id), ...by });
};

test("the weights are those of the load balancer, in percent", async () => {
  const { read, account, balancer } = await reading({ blue: 0.93, green: 0.07 });
  expect(await read()).toEqual({
    known: true,
    value: {
      weights: { blue: 93, green: 7 },
      notInForce: undefined,
      writtenOver: undefined,
      version: account.balancers.found(balancer).modified_on,
      owners: [],
    },
  });
});

test("weights are relative to each other", async () => {
  const { read } = await reading({ blue: 0.5, green: 0.1 });
  expect(await read()).toMatchObject({ value: { weights: { blue: 83.33, green: 16.67 } } });
});

test("what it was written over is found in its description", async () => {
  const { read, change } = await reading({ blue: 1, green: 0 });
  change({ description: "Cutover of lms, cutover/written-over=2026-11-21T00:00:00.000Z" });
  expect(await read()).toMatchObject({
    value: { writtenOver: "2026-11-21T00:00:00.000Z", owners: [] },
  });
});

test("another pool of the account with the same name is not the one that is read", async () => {
  const { read, account, green } = await reading({ blue: 0.9, green: 0.1 });
  const { id: _, ...like } = account.pools.found(green);
  account.pools.create({ ...like, enabled: false });
  expect(await read()).toMatchObject({ value: { notInForce: undefined, owners: [] } });
});

describe("somebody else's hand is seen", () => {
  test("in another description", async () => {
    const { read, change } = await reading({ blue: 1, green: 0 });
    change({ description: "managed by terraform" });
    expect(await read()).toMatchObject({
      value: { owners: ['whoever describes it as "managed by terraform"'] },
    });
  });

  test("in a further pool, which takes its share", async () => {
    const { read, change, account, blue, green } = await reading({ blue: 0.5, green: 0.25 });
    const { id: _, ...like } = account.pools.found(blue);
    const other = account.pools.create({ ...like, name: "other" }).id;
    change({
      default_pools: [blue, green, other],
      random_steering: {
        default_weight: 0,
        pool_weights: { [blue]: 0.5, [green]: 0.25, [other]: 0.25 },
      },
    });
    expect(await read()).toMatchObject({
      value: { weights: { blue: 50, green: 25 }, owners: ["whoever added its further pool other"] },
    });
  });
});

describe("weights are not in force", () => {
  test.for([
    ["it is disabled", { enabled: false }, "is disabled"],
    ["it is not proxied", { proxied: false, session_affinity: "none" as const }, "is not proxied"],
    ["it steers in order", { steering_policy: "off" as const }, 'steers by "off"'],
    [
      "cookies hold users",
      { session_affinity: "cookie" as const },
      "holds users where they are by cookie",
    ],
    [
      "single requests fail over",
      { adaptive_routing: { failover_across_pools: true } },
      "sends single requests that fail to the other pool",
    ],
    [
      "all of them are 0",
      { random_steering: { default_weight: 0, pool_weights: {} } },
      "has no weight above 0",
    ],
  ] as const)("when %s", async ([, by, says]) => {
    const { read, change } = await reading({ blue: 0.9, green: 0.1 });
    change(by);
    const found = await read();
    expect(found.known && found.value.notInForce).toContain(
      `load balancer lms.company.com ${says}`,
    );
  });

  test("when all are 0, and both pools may get the same", async () => {
    const { read } = await reading({ blue: 0, green: 0 });
    expect(await read()).toMatchObject({ value: { weights: { blue: 50, green: 50 } } });
  });

  test("when a pool that has weight is disabled", async () => {
    const both = await reading({ blue: 0.9, green: 0.1 });
    poolChanged(both, both.green, { enabled: false });
    const found = await both.read();
    expect(found.known && found.value.notInForce).toContain(
      "leaves pool lms-green out, which is disabled",
    );
  });

  test("when a pool that has weight is sick, and not when it has none", async () => {
    const both = await reading({ blue: 0.9, green: 0.1 });
    const { account, origins, look, health, green } = both;
    origins.set(greenAddress, 503);
    look();
    await expect.poll(() => health.isHealthy(account.pools.found(green))).toBe(false);
    const sick = await both.read();
    expect(sick.known && sick.value.notInForce).toContain(
      "leaves pool lms-green out, which is not healthy: the other gets everything",
    );
    const { blue, change } = both;
    change({ random_steering: { default_weight: 0, pool_weights: { [blue]: 1, [green]: 0 } } });
    expect(await both.read()).toMatchObject({ value: { notInForce: undefined } });
  });

  test("when somebody gave blue a monitor and blue is sick: green gets everything at weight 0", async () => {
    const both = await reading({ blue: 1, green: 0 }, ["blue", "green"]);
    const { account, origins, look, health, blue } = both;
    origins.set(blueAddress, 503);
    look();
    await expect.poll(() => health.isHealthy(account.pools.found(blue))).toBe(false);
    const found = await both.read();
    expect(found.known && found.value.notInForce).toContain("leaves pool lms-blue out");
  });

  test.for([
    [
      "a pool leads elsewhere",
      [{ address: "192.0.2.99" }],
      "leads to 192.0.2.99, expected 192.0.2.20",
    ],
    [
      "a pool has a second origin",
      [{ address: greenAddress }, { address: "192.0.2.99" }],
      "and 192.0.2.99",
    ],
    [
      "a pool's origin is disabled",
      [{ address: greenAddress, enabled: false }],
      "leads to nowhere",
    ],
  ] as const)("when %s", async ([, origins, says]) => {
    const both = await reading({ blue: 1, green: 0 });
    const whole = origins.map((origin) => ({ name: "green", enabled: true, weight: 1, ...origin }));
    poolChanged(both, both.green, { origins: whole });
    const found = await both.read();
    expect(found.known && found.value.notInForce).toContain("has a pool lms-green that leads to");
    expect(found.known && found.value.notInForce).toContain(says);
  });

  // What the rehearsed Cloudflare does not know, and the real one may hold.
  test.for([
    ["it has rules", { rules: [{ disabled: false }] }, {}, "has rules"],
    [
      "a region has pools of its own",
      { region_pools: { WEU: ["a"] } },
      {},
      "has pools for single regions",
    ],
    [
      "a pool sheds load",
      {},
      { load_shedding: { default_percent: 5 } },
      "sheds load from pool lms-blue",
    ],
  ] as const)("when %s", async ([, ofBalancer, ofPool, says]) => {
    const { account, balancer } = await reading({ blue: 0.9, green: 0.1 });
    const { url } = await localSource(({ path }) =>
      json({
        success: true,
        result: path.endsWith("/health")
          ? { pop_health: { here: { healthy: true } } }
          : path.endsWith("/pools")
            ? account.pools.list().map((pool) => ({ ...pool, ...ofPool }))
            : [{ ...account.balancers.found(balancer), ...ofBalancer }],
      }),
    );
    const found = await readAt(url);
    expect(found.known && found.value.notInForce).toContain(says);
  });
});

describe("nothing is known", () => {
  test("of a load balancer or a pool that is not there yet, which is said", async () => {
    const both = await reading({ blue: 1, green: 0 });
    poolChanged(both, both.green, { name: "another" });
    expect(await both.read()).toMatchObject({
      ...{ known: false, notYet: true },
      reason: "the account has no pool lms-green",
    });
    both.account.balancers.remove(both.balancer);
    expect(await both.read()).toMatchObject({
      ...{ known: false, notYet: true },
      reason: "the zone has no load balancer lms.company.com",
    });
  });

  test("with a wrong token, which is never shown", async () => {
    const { url } = await reading({ blue: 1, green: 0 });
    const token = "not-the-token-of-this-account-0123456789";
    const found = await readAt(url, token);
    expect(found).toEqual({ known: false, reason: "Cloudflare answered 403: wrong credentials" });
    const unsendable = await readAt(url, `${token}\n`);
    expect(unsendable.known).toBe(false);
    expect(JSON.stringify(unsendable)).not.toContain(token);
  });

  test("over the rate limit, when the pause is longer than an answer may take", async () => {
    const { read, account } = await reading({ blue: 1, green: 0 });
    account.limitRate(10, 240);
    expect(await read()).toEqual({
      known: false,
      reason: "Cloudflare answered 429, and wants to be left alone for 4 min",
    });
  });

  test("when it does not answer in time", async () => {
    const { url } = await localSource(() => hang);
    expect(await readAt(url, rehearsalToken, 50)).toEqual({
      known: false,
      reason: "Cloudflare did not answer within 50 ms",
    });
  });

  test.for([
    ["an answer without success", { success: false, result: null }],
    ["no list", { success: true, result: {} }],
    [
      "a weight above 1",
      {
        success: true,
        result: [
          {
            name: "lms.company.com",
            modified_on: "",
            default_pools: [],
            random_steering: { pool_weights: { a: 10 } },
          },
        ],
      },
    ],
  ] as const)("of %s", async ([, body]) => {
    const { url } = await localSource(() => json(body));
    expect((await readAt(url)).known).toBe(false);
  });
});

test("a call over the limit is made again after the pause that Cloudflare asks for", async () => {
  const { read, account } = await reading({ blue: 1, green: 0 });
  account.limitRate(1, 1);
  const begun = performance.now();
  expect((await read()).known).toBe(true);
  expect(performance.now() - begun).toBeGreaterThan(990);
});
