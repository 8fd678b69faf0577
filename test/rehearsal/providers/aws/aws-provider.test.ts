import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { startAwsProvider } from "../../../../rehearsal/providers/aws/aws-provider.ts";
import {
  secret,
  UNKNOWN,
  type Properties,
} from "../../../../rehearsal/providers/property-values.ts";
import { AddressBook } from "../../../../rehearsal/world/dns/address-book.ts";
import { HealthChecks } from "../../../../rehearsal/world/dns/health-checks.ts";
import { HostedZone } from "../../../../rehearsal/world/dns/hosted-zone.ts";
import type { RecordSet } from "../../../../rehearsal/world/dns/record-set.ts";
import { ProviderClient } from "../provider-client.ts";

const RECORD = "aws:route53/record:Record";
const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";
const keys = {
  region: "us-east-1",
  accessKey: secret("rehearsal"),
  secretKey: secret("rehearsal"),
};

let clock: CutoverClock;
let zone: HostedZone;
let healthChecks: HealthChecks;
let client: ProviderClient;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = CutoverClock.startingAt(Date.UTC(2026, 10, 21));
  // Waiting for INSYNC is only time that passes.
  clock.setRate(1_000);
  zone = new HostedZone({ id: "Z1", name: "example.com", clock, propagationMilliseconds: 40_000 });
  healthChecks = new HealthChecks(clock, new AddressBook());
  const accessKey = "rehearsal";
  const route53 = { clock, zones: [zone], healthChecks, accessKey };
  const running = await startAwsProvider({ accessKey, route53 });
  stop = running.stop;
  client = new ProviderClient(running.port);
  await client.configure(keys);
});
afterEach(async () => {
  client.close();
  healthChecks.stop();
  await stop();
});

const weighted = (setIdentifier: string, weight: number): Properties => ({
  zoneId: "Z1",
  name: "www.example.com",
  type: "A",
  ttl: 60,
  records: ["192.0.2.10"],
  setIdentifier,
  weightedRoutingPolicies: [{ weight }],
});
const simple: Properties = {
  ...{ zoneId: "Z1", name: "www.example.com", type: "A", ttl: 60, records: ["192.0.2.1"] },
};
const refused = (message: string | RegExp) => ({
  details: typeof message === "string" ? message : expect.stringMatching(message),
});
const live = () => zone.list().filter(({ type }) => type === "A");

describe("Record", () => {
  test("becomes a record of the zone, and is made only when every name server has it", async () => {
    const startedAt = clock.now();
    const { id, outputs } = await client.create(RECORD, weighted("blue", 100));
    expect(id).toBe("Z1_www.example.com_A_blue");
    expect(outputs).toEqual({ ...weighted("blue", 100), fqdn: "www.example.com" });
    expect(zone.served()).toContainEqual({
      name: "www.example.com.",
      type: "A",
      ttl: 60,
      values: ["192.0.2.10"],
      setIdentifier: "blue",
      weight: 100,
    });
    // Asked at 15 and 30 seconds, and in sync at the third time.
    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(45_000);
  });

  test("changes its weight in place", async () => {
    const inputs = weighted("blue", 90);
    const before = weighted("blue", 100);
    const { id, outputs } = await client.create(RECORD, before);
    expect(await client.diff(RECORD, before, inputs)).toMatchObject({
      replaces: [],
      changes: [["weightedRoutingPolicies[0].weight", expect.any(Number)]],
    });
    await client.update(RECORD, id, { oldInputs: before, oldOutputs: outputs, inputs });
    expect(live()).toMatchObject([{ setIdentifier: "blue", weight: 90 }]);
  });

  describe("as a name that leads to a load balancer", () => {
    const leading: Properties = {
      ...{ zoneId: "Z1", name: "www.example.com", type: "CNAME", ttl: 3_600 },
      ...{ records: ["public-1.eu-central-1.elb.amazonaws.com"], allowOverwrite: true },
    };
    const standing: RecordSet = {
      name: "www.example.com.",
      type: "CNAME",
      ttl: 3_600,
      values: ["public-1.eu-central-1.elb.amazonaws.com"],
    };
    const records = () => zone.list().filter(({ type }) => type === "CNAME");

    test("takes over what stands there, and changes its TTL alone", async () => {
      zone.change([{ action: "CREATE", recordSet: standing }]);
      const { id, outputs } = await client.create(RECORD, leading);
      expect(id).toBe("Z1_www.example.com_CNAME");
      expect(records()).toEqual([standing]);
      const inputs = { ...leading, ttl: 300 };
      expect(await client.diff(RECORD, leading, inputs)).toMatchObject({ replaces: [] });
      await client.update(RECORD, id, { oldInputs: leading, oldOutputs: outputs, inputs });
      expect(records()).toEqual([{ ...standing, ttl: 300 }]);
    });

    test("is refused where something stands that it must not overwrite", async () => {
      zone.change([{ action: "CREATE", recordSet: standing }]);
      await expect(
        client.create(RECORD, { ...leading, allowOverwrite: false }),
      ).rejects.toMatchObject(refused(/but it already exists/));
    });

    test("is refused at the zone's own name, beside other records, and with two targets", async () => {
      await expect(
        client.create(RECORD, { ...leading, name: "example.com" }),
      ).rejects.toMatchObject(refused(/is not permitted at apex in zone example\.com\./));
      await expect(
        client.create(RECORD, { ...leading, records: ["a.example", "b.example"] }),
      ).rejects.toMatchObject(refused(/RRSetWithMultipleCNAMEs/));
      zone.change([
        {
          action: "CREATE",
          recordSet: { name: standing.name, type: "A", ttl: 60, values: ["192.0.2.1"] },
        },
      ]);
      await expect(client.create(RECORD, leading)).rejects.toMatchObject(
        refused(/conflicts with other records with the same DNS name/),
      );
    });
  });

  test("another name or zone is another record", async () => {
    for (const change of [{ name: "api.example.com" }, { zoneId: "Z2" }]) {
      const { replaces } = await client.diff(RECORD, simple, { ...simple, ...change });
      expect(replaces).toEqual(Object.keys(change));
    }
  });

  test("reads back what was written, the name as the program spells it", async () => {
    const inputs = { ...weighted("blue", 100), name: "www" };
    const { id, outputs } = await client.create(RECORD, inputs);
    expect(outputs.fqdn).toBe("www.example.com");
    expect((await client.read(RECORD, id, inputs, outputs)).inputs).toEqual(inputs);
  });

  test("shows what was changed by hand", async () => {
    const { id, outputs } = await client.create(RECORD, weighted("blue", 100));
    const [recordSet] = live();
    if (recordSet === undefined) throw new Error("no record");
    zone.change([{ action: "UPSERT", recordSet: { ...recordSet, weight: 7 } }]);
    const found = await client.read(RECORD, id, weighted("blue", 100), outputs);
    expect(found.inputs).toEqual(weighted("blue", 7));
  });

  test("can be imported", async () => {
    await client.create(RECORD, weighted("blue", 100));
    const { inputs } = await client.read(RECORD, "Z1_www.example.com_A_blue");
    expect(inputs).toEqual(weighted("blue", 100));
  });

  test("is removed, and is no failure when it is gone already", async () => {
    const { id } = await client.create(RECORD, weighted("blue", 100));
    await client.delete(RECORD, id);
    await client.delete(RECORD, id);
    expect(live()).toEqual([]);
    expect((await client.read(RECORD, id, weighted("blue", 100))).id).toBe("");
  });

  test("beside a simple record a weighted one is refused in the API's words", async () => {
    await client.create(RECORD, simple);
    await expect(client.create(RECORD, weighted("blue", 100))).rejects.toMatchObject(
      refused(
        "creating Route53 Record: InvalidChangeBatch: [RRSet with DNS name www.example.com., type A, " +
          "SetIdentifier blue cannot be created as a non-weighted set exists with the same name and " +
          "type.]",
      ),
    );
    expect(live()).toMatchObject([{ values: ["192.0.2.1"] }]);
  });

  test("a simple record becomes weighted in one batch, as long as it is the only one", async () => {
    const { id, outputs } = await client.create(RECORD, simple);
    const inputs = weighted("blue", 100);
    await client.update(RECORD, id, { oldInputs: simple, oldOutputs: outputs, inputs });
    expect(live()).toMatchObject([{ setIdentifier: "blue", weight: 100 }]);
  });

  test("the TTL of one weighted record cannot change alone", async () => {
    const { id, outputs } = await client.create(RECORD, weighted("blue", 100));
    await client.create(RECORD, weighted("green", 0));
    const inputs = { ...weighted("blue", 100), ttl: 300 };
    const change = { oldInputs: weighted("blue", 100), oldOutputs: outputs, inputs };
    await expect(client.update(RECORD, id, change)).rejects.toMatchObject(refused(/same TTL/));
  });

  test("a record that exists is not taken over, unless that is allowed", async () => {
    await client.create(RECORD, simple);
    await expect(client.create(RECORD, simple)).rejects.toMatchObject(refused(/already exists/));
    await client.create(RECORD, { ...simple, ttl: 5, allowOverwrite: true });
    expect(live()).toMatchObject([{ ttl: 5 }]);
  });

  test("a throttled call is tried again, and given up after 25 times", async () => {
    zone.throttle(3);
    await client.create(RECORD, weighted("blue", 100));
    zone.throttle(1_000);
    clock.setRate(1_000_000);
    await expect(client.create(RECORD, weighted("green", 0))).rejects.toMatchObject(
      refused(
        "creating Route53 Record: exceeded maximum number of attempts, 25: Throttling: Rate exceeded",
      ),
    );
  });

  test("a health check that does not exist is refused", async () => {
    const inputs = { ...weighted("blue", 100), healthCheckId: "none" };
    await expect(client.create(RECORD, inputs)).rejects.toMatchObject(
      refused("A health check with id none does not exist."),
    );
  });

  test.for([
    ["an unknown input", { colour: "red" }, /colour/],
    ["another routing policy", { latencyRoutingPolicies: [{ region: "us-east-1" }] }, /latency/],
    ["no values and no alias", { records: undefined }, /one of `aliases,records` must be/],
    ["values without a TTL", { ttl: undefined }, /all of `records,ttl` must be specified/],
    [
      "an alias with a TTL",
      { records: undefined, aliases: [{ name: "a", zoneId: "Z1", evaluateTargetHealth: true }] },
      /conflicts with ttl/,
    ],
    ["an alias beside values", { aliases: [] }, /only one of `aliases,records`/],
    [
      "an alias that does not say whether its target's health counts",
      { records: undefined, ttl: undefined, aliases: [{ name: "a", zoneId: "Z1" }] },
      /evaluateTargetHealth/,
    ],
    ["a weight without a set identifier", { setIdentifier: undefined }, /`setIdentifier,weighted/],
    ["a weight that is no whole number", { weightedRoutingPolicies: [{ weight: 0.5 }] }, /weight/],
    [
      "two routing policies",
      { weightedRoutingPolicies: [{ weight: 1 }, { weight: 2 }] },
      /weighted/,
    ],
    ["an unknown type", { type: "ALIAS" }, /type/],
  ] as const)("refuses %s", async ([, change, reason]) => {
    const given = Object.entries({ ...weighted("blue", 100), ...change });
    const inputs = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    expect((await client.check(RECORD, inputs)).failures.join("\n")).toMatch(reason);
  });

  test.for([
    [
      "a weight of 256",
      { weightedRoutingPolicies: [{ weight: 256 }] },
      /less than or equal to 255/,
    ],
    [
      "a weight below 0",
      { weightedRoutingPolicies: [{ weight: -1 }] },
      /greater than or equal to 0/,
    ],
    ["a zone that does not exist", { zoneId: "Z2" }, /No hosted zone found with ID: Z2/],
    ["a value that is no address", { records: ["blue"] }, /not a valid IPv4 address/],
  ] as const)("only the API refuses %s", async ([, change, reason]) => {
    const inputs = { ...weighted("blue", 100), ...change };
    expect((await client.check(RECORD, inputs)).failures).toEqual([]);
    await expect(client.create(RECORD, inputs)).rejects.toMatchObject(refused(reason));
  });

  test("leaves for later what a preview cannot know", async () => {
    const news = { ...weighted("blue", 100), records: [UNKNOWN], healthCheckId: UNKNOWN };
    expect((await client.check(RECORD, news)).failures).toEqual([]);
  });
});

describe("HealthCheck", () => {
  const inputs: Properties = {
    type: "HTTP",
    ipAddress: "192.0.2.10",
    port: 80,
    resourcePath: "/health",
    requestInterval: 10,
    failureThreshold: 2,
  };

  test("becomes a health check that looks at the endpoint", async () => {
    const { id, outputs } = await client.create(HEALTH_CHECK, inputs);
    expect(outputs).toMatchObject({ ...inputs, disabled: false });
    await expect.poll(() => healthChecks.healthy(id)).toBe(false);
  });

  test("changes its path in place and its interval never", async () => {
    const { id, outputs } = await client.create(HEALTH_CHECK, inputs);
    const changed = { ...inputs, resourcePath: "/ready" };
    expect((await client.diff(HEALTH_CHECK, inputs, changed)).replaces).toEqual([]);
    await client.update(HEALTH_CHECK, id, {
      oldInputs: inputs,
      oldOutputs: outputs,
      inputs: changed,
    });
    expect((await client.read(HEALTH_CHECK, id, inputs)).inputs).toEqual(changed);
    const slower = { ...inputs, requestInterval: 30 };
    expect((await client.diff(HEALTH_CHECK, inputs, slower)).replaces).toEqual(["requestInterval"]);
  });

  test("is removed, and is no failure when it is gone already", async () => {
    const { id } = await client.create(HEALTH_CHECK, inputs);
    await client.delete(HEALTH_CHECK, id);
    await client.delete(HEALTH_CHECK, id);
    expect((await client.read(HEALTH_CHECK, id, inputs)).id).toBe("");
  });

  test.for([
    ["an unknown input", { colour: "red" }, /colour/],
    ["an interval of 20 seconds", { requestInterval: 20 }, /requestInterval/],
    ["a threshold of 11", { failureThreshold: 11 }, /failureThreshold/],
    ["an address that is none", { ipAddress: "blue" }, /valid IP address/],
    ["a path for TCP", { type: "TCP" }, /must not be specified for TCP/],
    ["port 0", { port: 0 }, /port/],
  ] as const)("refuses %s", async ([, change, reason]) => {
    const { failures } = await client.check(HEALTH_CHECK, { ...inputs, ...change });
    expect(failures.join("\n")).toMatch(reason);
  });
});

describe("the provider's configuration", () => {
  test.for([
    ["no keys", { region: "us-east-1" }, 2],
    ["an unknown setting", { ...keys, colour: "red" }, 1],
  ] as const)("is refused with %s", async ([, config, count]) =>
    expect(await client.checkConfig(config)).toHaveLength(count),
  );

  test("with a wrong key is refused", async () =>
    expect(client.configure({ ...keys, accessKey: "wrong" })).rejects.toMatchObject(
      refused(/security token included in the request is invalid/),
    ));

  test("with a wrong key and without validation fails at the first operation", async () => {
    await client.configure({ ...keys, accessKey: "wrong", skipCredentialsValidation: "true" });
    await expect(client.create(RECORD, simple)).rejects.toMatchObject(
      refused(/security token included in the request is invalid/),
    );
  });
});
