import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { rehearsalToken } from "../../../../definition/rehearsal-token.ts";
import { startCloudflareProvider } from "../../../../rehearsal/providers/cloudflare/cloudflare-provider.ts";
import {
  secret,
  UNKNOWN,
  type Properties,
} from "../../../../rehearsal/providers/property-values.ts";
import type { LoadBalancing } from "../../../../rehearsal/world/cloudflare/load-balancing.ts";
import { accountId, zoneId } from "../../../cloudflare-system.ts";
import { emptyAccount } from "../../world/cloudflare/cloudflare-world.ts";
import { ProviderClient } from "../provider-client.ts";

const MONITOR = "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor";
const POOL = "cloudflare:index/loadBalancerPool:LoadBalancerPool";
const BALANCER = "cloudflare:index/loadBalancer:LoadBalancer";

let account: LoadBalancing;
let client: ProviderClient;
let stop: () => Promise<void>;

beforeEach(async () => {
  account = emptyAccount();
  // Pauses are only time that passes.
  account.clock.setRate(1_000);
  const running = await startCloudflareProvider(account);
  stop = running.stop;
  client = new ProviderClient(running.port);
  await client.configure({ apiToken: secret(rehearsalToken) });
});
afterEach(async () => {
  client.close();
  await stop();
});

const monitorInputs: Properties = {
  ...{ accountId, type: "https", path: "/health/ready", header: { Host: ["lms.company.com"] } },
  ...{ expectedCodes: "200", interval: 60 },
};
const poolInputs = (side: string, more: Properties = {}): Properties => ({
  ...{ accountId, name: `lms-${side}` },
  origins: [{ name: side, address: "192.0.2.10" }],
  ...more,
});
/** Both pools, and what a load balancer over them is given. */
const pools = async (weights: { readonly blue: number; readonly green: number }) => {
  const { id: blue } = await client.create(POOL, poolInputs("blue"));
  const { id: green } = await client.create(POOL, poolInputs("green"));
  const inputs = (blueWeight: number, greenWeight: number): Properties => ({
    ...{ zoneId, name: "lms.company.com", description: "Cutover of lms", proxied: true },
    ...{ defaultPools: [blue, green], fallbackPool: blue, steeringPolicy: "random" },
    randomSteering: { defaultWeight: 0, poolWeights: { [blue]: blueWeight, [green]: greenWeight } },
    sessionAffinity: "none",
    adaptiveRouting: { failoverAcrossPools: false },
  });
  return { blue, green, inputs, first: inputs(weights.blue, weights.green) };
};
const refused = (message: string | RegExp) => ({
  details: typeof message === "string" ? message : expect.stringMatching(message),
});

describe("LoadBalancer", () => {
  test("becomes one of the zone, and reports what the API made of it", async () => {
    const { first, blue, green } = await pools({ blue: 1, green: 0 });
    const { id, outputs } = await client.create(BALANCER, first);
    expect(account.balancers.found(id)).toMatchObject({
      name: "lms.company.com",
      default_pools: [blue, green],
      fallback_pool: blue,
      random_steering: { default_weight: 0, pool_weights: { [blue]: 1, [green]: 0 } },
    });
    const { modified_on } = account.balancers.found(id);
    expect(outputs).toMatchObject({ ...first, enabled: true, ttl: 30, modifiedOn: modified_on });
  });

  test("changes its weights in place, and its zone never", async () => {
    const { first, inputs, green } = await pools({ blue: 1, green: 0 });
    const { id, outputs } = await client.create(BALANCER, first);
    const next = inputs(0.9, 0.1);
    expect((await client.diff(BALANCER, first, next)).replaces).toEqual([]);
    await client.update(BALANCER, id, { oldInputs: first, oldOutputs: outputs, inputs: next });
    expect(account.balancers.found(id).random_steering.pool_weights[green]).toBe(0.1);
    const elsewhere = await client.diff(BALANCER, first, { ...first, zoneId: "another" });
    expect(elsewhere.replaces).toEqual(["zoneId"]);
  });

  test("reads back what was written, and what was changed by hand", async () => {
    const { first, inputs, blue, green } = await pools({ blue: 1, green: 0 });
    const { id, outputs } = await client.create(BALANCER, first);
    expect((await client.read(BALANCER, id, first, outputs)).inputs).toEqual(first);
    account.balancers.update(id, {
      ...account.balancers.found(id),
      random_steering: { default_weight: 0, pool_weights: { [blue]: 0.7, [green]: 0.3 } },
    });
    expect((await client.read(BALANCER, id, first, outputs)).inputs).toEqual(inputs(0.7, 0.3));
  });

  test("can be imported", async () => {
    const { first } = await pools({ blue: 1, green: 0 });
    const { id } = await client.create(BALANCER, first);
    // What is as the API has it without a word need not be written.
    const { adaptiveRouting: _, ...needed } = first;
    expect((await client.read(BALANCER, id)).inputs).toEqual(needed);
  });

  test.for([
    ["an unknown input", { colour: "red" }, /colour/],
    ["rules, which are not rehearsed", { rules: [] }, /rules/],
    ["no pools", { defaultPools: undefined }, /defaultPools/],
    ["another steering", { steeringPolicy: "hash" }, /steeringPolicy/],
    ["another affinity", { sessionAffinity: "ip" }, /sessionAffinity/],
    ["a default weight above 1", { randomSteering: { defaultWeight: 10 } }, /defaultWeight/],
  ] as const)("refuses %s", async ([, change, reason]) => {
    const { first } = await pools({ blue: 1, green: 0 });
    const given = Object.entries({ ...first, ...change });
    const inputs = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    expect((await client.check(BALANCER, inputs)).failures.join("\n")).toMatch(reason);
  });

  test("only the API refuses weights that are no shares of 1, in its words", async () => {
    const { inputs, blue } = await pools({ blue: 1, green: 0 });
    const given = inputs(90, 10);
    expect((await client.check(BALANCER, given)).failures).toEqual([]);
    await expect(client.create(BALANCER, given)).rejects.toMatchObject(
      refused(
        `failed to make http request: creating ${BALANCER}: 400: weight of pool ${blue} is not in range [0, 1]: validation failed`,
      ),
    );
  });

  test("of another zone is nobody's here", async () => {
    const { first } = await pools({ blue: 1, green: 0 });
    await expect(client.create(BALANCER, { ...first, zoneId: "another" })).rejects.toMatchObject(
      refused(/404: no zoneId another here/),
    );
  });

  test("leaves for later what a preview cannot know", async () => {
    const { first } = await pools({ blue: 1, green: 0 });
    const unknown = { ...first, defaultPools: [UNKNOWN, UNKNOWN], fallbackPool: UNKNOWN };
    const randomSteering = { defaultWeight: 0, poolWeights: UNKNOWN };
    const { failures } = await client.check(BALANCER, { ...unknown, randomSteering });
    expect(failures).toEqual([]);
  });
});

describe("LoadBalancerPool and LoadBalancerMonitor", () => {
  test("become a pool that a monitor looks at, and are read back as the program wrote them", async () => {
    const monitor = await client.create(MONITOR, monitorInputs);
    expect(account.monitors.found(monitor.id)).toMatchObject({
      ...{ path: "/health/ready", expected_codes: "200", interval: 60 },
      header: { Host: ["lms.company.com"] },
    });
    const inputs = poolInputs("green", { monitor: monitor.id, checkRegions: ["WEU"] });
    const pool = await client.create(POOL, inputs);
    expect(account.pools.found(pool.id)).toMatchObject({
      ...{ monitor: monitor.id, check_regions: ["WEU"], enabled: true },
    });
    expect((await client.read(POOL, pool.id, inputs, pool.outputs)).inputs).toEqual(inputs);
    const read = await client.read(MONITOR, monitor.id, monitorInputs, monitor.outputs);
    expect(read.inputs).toEqual(monitorInputs);
  });

  test("a pool that a load balancer needs is not removed; what is gone already is no failure", async () => {
    const { first, green } = await pools({ blue: 1, green: 0 });
    const { id } = await client.create(BALANCER, first);
    await expect(client.delete(POOL, green)).rejects.toMatchObject(
      refused(/412: pool \w+ is referenced by other objects/),
    );
    await client.delete(BALANCER, id);
    await client.delete(BALANCER, id);
    await client.delete(POOL, green);
    expect((await client.read(POOL, green, poolInputs("green"))).id).toBe("");
  });

  test.for([
    [POOL, "an origin's weight above 1", { origins: [{ name: "a", weight: 2 }] }, /origins/],
    [POOL, "a region that there is not", { checkRegions: ["MARS"] }, /checkRegions/],
    [POOL, "an unknown input", { latency: 1 }, /latency/],
  ] as const)("%s refuses %s", async ([type, , change, reason]) => {
    const { failures } = await client.check(type, { ...poolInputs("green"), ...change });
    expect(failures.join("\n")).toMatch(reason);
  });

  test("only the API knows which interval the plan allows", async () => {
    const given = { ...monitorInputs, interval: 5 };
    expect((await client.check(MONITOR, given)).failures).toEqual([]);
    await expect(client.create(MONITOR, given)).rejects.toMatchObject(
      refused(/interval is not in range \[15, 3600\]/),
    );
  });
});

describe("over the rate limit", () => {
  test("a call is made again when Cloudflare says so", async () => {
    account.limitRate(2, 30);
    const startedAt = account.clock.now();
    await client.create(MONITOR, monitorInputs);
    expect(account.clock.now() - startedAt).toBeGreaterThanOrEqual(60_000);
  });

  test.for([
    ["after two more tries", 3, 30],
    ["at once when the pause would be longer than a minute", 1, 240],
  ] as const)("it is given up %s", async ([, calls, pause]) => {
    account.limitRate(calls, pause);
    await expect(client.create(MONITOR, monitorInputs)).rejects.toMatchObject(refused(/: 429: /));
    expect(account.monitors.list()).toEqual([]);
  });
});

describe("the provider's configuration", () => {
  test.for([
    ["no credential", {}],
    ["two credentials", { apiToken: rehearsalToken, apiKey: "key" }],
    ["a token that is too short", { apiToken: "token" }],
    ["an unknown setting", { apiToken: rehearsalToken, colour: "red" }],
  ] as const)("is refused with %s", async ([, config]) =>
    expect(await client.checkConfig(config)).toHaveLength(1),
  );

  test("with a wrong token fails at the first operation", async () => {
    await client.configure({ apiToken: "x".repeat(40) });
    await expect(client.create(MONITOR, monitorInputs)).rejects.toMatchObject(
      refused(/403: Authentication error/),
    );
    await expect(client.read(MONITOR, "any", monitorInputs)).rejects.toMatchObject(
      refused(/Authentication error/),
    );
  });
});
