/** The figures of RAWDOG's definition against those of its plan. */
import { describe, expect, test } from "vitest";
import { filledIn, messageFields, type MessageField } from "../../definition/message.ts";
import { greenWeightAt, postureAt, wayBackFrom } from "../../definition/ladder.ts";
import { ttlAt } from "../../definition/names.ts";
import { planProblems } from "../../definition/plan-problems.ts";
import { openKeys, settle } from "../../definition/tbd.ts";
import { evaluationOf, limitOf } from "../../definition/thresholds.ts";
import { days, hours, inWords, minutes, percent, seconds } from "../../definition/units.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { stackConfigAt } from "../definition/stack-config.ts";

const settled = settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" });
const stages = rawdog.ladder.map(({ name }) => name);
const stageOf = (name: string) => rawdog.ladder.find((stage) => stage.name === name);
const thresholdNamed = (name: string) => {
  const found = rawdog.thresholds.find((threshold) => threshold.name === name);
  if (found === undefined) throw new RangeError(name);
  return found;
};
const checklistOf = (name: string) =>
  rawdog.checklists.find((checklist) => checklist.name === name)?.items ?? [];
const isOpen = (path: string): boolean => openKeys(rawdog).some((key) => key.path === path);

test("the plan has no problem", () => expect(planProblems(rawdog)).toEqual([]));

describe("ladder", () => {
  test("S4-3: 10, 50, 100", () =>
    expect([...new Set(stages.map((name) => greenWeightAt(rawdog, name)))]).toEqual([
      0, 10, 50, 100,
    ]));
  test("C4: 15 minutes at 10 %, 30 at 50 %", () => {
    expect(stageOf("canary")?.leave).toMatchObject({ soak: minutes(15), greenRequests: 600 });
    expect(stageOf("half")?.leave).toMatchObject({ soak: minutes(30), greenRequests: 600 });
  });
  test("S4-5, S4-8: 24 hours at 100 %, in step with the old side", () => {
    expect(stageOf("full")?.leave).toMatchObject({
      soak: hours(24),
      data: ["mismatches", "sync-lag"],
    });
    expect(rawdog.retention.immediateRollbackFor).toEqual(hours(24));
  });
  test("S4-4, S4-7: by `immediate`, straight to 0 % within two minutes from every stage with traffic", () => {
    for (const name of ["canary", "half", "full", "retained"]) {
      expect(wayBackFrom(rawdog, name)).toMatchObject({
        to: "ttl-lowered",
        within: minutes(2),
        procedure: "immediate",
      });
    }
    expect(greenWeightAt(rawdog, "ttl-lowered")).toBe(0);
    expect(wayBackFrom(rawdog, "ttl-lowered")).toMatchObject({ to: "prepare" });
  });
  test("S4-51: six steps prove a rollback, and fit into its two minutes", () => {
    const steps = rawdog.rollback.steps ?? [];
    expect(steps).toHaveLength(6);
    const all = steps.reduce((sum, { lasts }) => sum + lasts.milliseconds, 0);
    expect(all).toBeLessThanOrEqual(minutes(2).milliseconds);
  });
  test("S4-70: nothing leads back from where the old system is gone", () =>
    expect(wayBackFrom(rawdog, "retired")).toHaveProperty("refused"));
  test("C9: after a day the way back needs data reconciled by hand, and the loss accepted", () =>
    expect(wayBackFrom(rawdog, "retained")).toMatchObject({
      needs: [expect.stringContaining("reconciled"), expect.stringContaining("loss")],
    }));
  test("C3: maintenance is off at every stage; on inside the move to 10 % only", () => {
    for (const name of stages) expect(postureAt(rawdog, name)["maintenance"]).toBe("off");
    expect(rawdog.ladder.flatMap(({ passages = [] }) => passages)).toMatchObject([
      { name: "final-sync", follows: { maintenance: "on" }, within: seconds(60) },
    ]);
  });
  test("C2: both sides are copied to each other until the old system is kept idle", () =>
    expect(stages.map((name) => postureAt(rawdog, name)["sync"])).toEqual([
      ...Array.from({ length: 5 }, () => "both-ways"),
      "off",
      "off",
    ]));
  test("what the old system may do narrows from stage to stage", () =>
    expect([...new Set(stages.map((name) => postureAt(rawdog, name)["legacyAccess"]))]).toEqual([
      "read-write",
      "sync-only",
      "read-only",
      "retired",
    ]));
});

describe("names", () => {
  test("S4-15: unless set, the TTL stays as it is found; lowered it is 300 s, and stays so", () => {
    expect(stackConfigAt(rawdog, "prepare")).toEqual({ trafficWeight: "0" });
    expect(stackConfigAt(rawdog, "ttl-lowered")).toEqual({ trafficWeight: "0", ttlSeconds: "300" });
    const [name] = settled.names ?? [];
    expect(stages.map((stage) => name && ttlAt(rawdog, name, stage))).toEqual([
      3_600, 300, 300, 300, 300, 300, 300,
    ]);
  });
  test("C1: traffic moves at the load balancer, which takes what comes under the name", () => {
    expect(settled.traffic).toMatchObject({
      mechanism: "alb listener rule",
      hosts: ["www.rawdog.example"],
    });
    expect(settled.names).toMatchObject([{ name: "www.rawdog.example" }]);
  });
  test("S4-79: which load balancer and which names is for people to say", () => {
    for (const key of ["traffic.listenerArn", "traffic.hosts", "names.0.zoneId", "names.0.name"]) {
      expect([key, isOpen(key)]).toEqual([key, true]);
    }
  });
});

describe("final sync", () => {
  const { stores } = settled;
  if (stores.kind !== "two stores") throw new TypeError("one database");
  test("S4-2, S4-52: inside the move to canary, below 60 seconds, given back by a timer at 50", () => {
    expect(stageOf("canary")?.passages?.[0]?.name).toBe(stores.sync.finalSync.passage);
    expect(stores.sync.finalSync.freezeEndsAfter).toEqual(seconds(50));
    const limits = rawdog.budgets?.map(({ of, limit, passed }) => ({ of, limit, passed }));
    expect(limits).toEqual([
      { of: "downtime", limit: { below: minutes(1) }, passed: "roll back" },
      { of: "write freeze", limit: { below: seconds(60) }, passed: "roll back" },
    ]);
  });
  test("C16: the platform's tables know the tenant, which the old ones do not", () => {
    const { data } = settled.rehearsal;
    if (!("copied" in data)) throw new TypeError("one database");
    const added = data.migrations.flatMap(({ statements }) => statements).join();
    for (const { name, columns } of data.copied) {
      expect(added).toContain(`alter table ${name} add column tenant `);
      expect(columns).not.toContain("tenant");
    }
  });
  test("S4-34: the platform's health names its database, and the integrations once they are listed", () => {
    expect(rawdog.workload.health.expects).toEqual({ status: "healthy", database: "connected" });
    expect(isOpen("workload.health.dependencies")).toBe(true);
  });
  test("S4-36: the old system is somebody else's, and nothing of it is deployed here", () => {
    expect(rawdog.environments.blue.owner).toBe("elsewhere");
    expect(rawdog.environments.green.owner).toBeUndefined();
  });
});

describe("thresholds", () => {
  test.each([
    ["S4-43", "error-rate", 5, "%", false, 5],
    ["S4-44", "p95-latency", 2_000, "ms", false, 5],
    ["S4-45", "checkout-failures", 1, "%", false, 5],
    ["S4-46", "payment-errors", 1, "count", true, 1],
    ["S4-47", "data-mismatches", 1, "count", true, 1],
  ])("%s: %s rolls back", (source, name, value, unit, reachedIsBreach, windowMinutes) => {
    const threshold = thresholdNamed(name);
    expect(threshold).toMatchObject({ source, breach: "roll back" });
    expect(limitOf(threshold)).toEqual({ value, unit, reachedIsBreach });
    const { period, periods } = evaluationOf(rawdog.alarms, threshold);
    expect((period.milliseconds * periods) / 60_000).toBe(windowMinutes);
  });
  test("C7: at least 20 checkouts for a share of them, and no least number for payments and data", () => {
    const least = (name: string) =>
      evaluationOf(rawdog.alarms, thresholdNamed(name)).minimumRequests;
    expect(least("checkout-failures")).toBe(20);
    expect(least("payment-errors")).toBe(0);
    expect(least("data-mismatches")).toBe(0);
  });
  test("S4-48: five triggers order the way back, and nothing else does", () =>
    expect(
      rawdog.thresholds.filter(({ breach }) => breach === "roll back").map(({ source }) => source),
    ).toEqual(["S4-43", "S4-44", "S4-45", "S4-46", "S4-47"]));
  test.each([
    ["S4-26", "request-rate-warning", "request-rate-critical", 1_000, 2_000, "/s"],
    ["S4-27", "error-rate-warning", "error-rate", 1, 5, "%"],
    ["S4-28", "p95-warning", "p95-latency", 500, 2_000, "ms"],
    ["S4-29", "connections-warning", "connections-critical", 80, 95, "%"],
    ["S4-30", "redis-warning", "redis-critical", 70, 90, "%"],
  ])("%s: %s and %s are its two levels", (_id, warning, critical, low, high, unit) => {
    expect(limitOf(thresholdNamed(warning))).toMatchObject({ value: low, unit });
    expect(limitOf(thresholdNamed(critical))).toMatchObject({ value: high, unit });
  });
  test("S4-31, S4-32: errors and latency must hold for five minutes, by rates of a minute (C8)", () => {
    for (const name of ["error-rate", "p95-latency"]) {
      expect(thresholdNamed(name).evaluation).toEqual({ period: minutes(1), periods: 5 });
    }
  });
  test.each([
    ["S4-21", "trace.http.request.hits"],
    ["S4-22", "error-rate"],
    ["S4-23", "p95-latency"],
    ["S4-24", "postgresql.connections"],
    ["S4-25", "redis.mem.used"],
    ["S4-45", "/checkout"],
    ["S4-46", "payment.charge"],
    ["S4-47", "sync.mismatches"],
  ])("%s: measured by %s", (_id, part) => {
    const queries = rawdog.thresholds.map(({ measure }) =>
      typeof measure === "string" ? measure : JSON.stringify(measure),
    );
    expect(queries.some((query) => query.includes(part))).toBe(true);
  });
});

describe("people and lists", () => {
  test("S4-10, S4-60: seven items before and seven after", () => {
    expect(checklistOf("before-the-cutover").map(({ source }) => source)).toEqual(
      Array.from({ length: 7 }, (_, index) => `S4-${11 + index}`),
    );
    expect(checklistOf("after-the-cutover").map(({ source }) => source)).toEqual(
      Array.from({ length: 7 }, (_, index) => `S4-${61 + index}`),
    );
  });
  test.each([
    ["S4-11", "releaseOwner"],
    ["S4-12", "onCall"],
    ["S4-17", "releaseOwner"],
    ["S4-61", "onCall"],
    ["S4-62", "onCall"],
  ])("%s: on a list, by %s, with how it is found out", (source, owner) => {
    const items = rawdog.checklists.flatMap((checklist) => checklist.items);
    const item = items.find((each) => each.source === source);
    expect(item).toMatchObject({ owner });
    expect(item?.how).toBeDefined();
    expect(item?.expected).toBeDefined();
  });
  test("S4-68: 100 % is not left before every integration is on a signed list", () => {
    expect(stageOf("full")?.leave?.checklists).toEqual(["after-the-cutover"]);
    const titles = checklistOf("after-the-cutover").map(({ title }) => title);
    for (const what of ["Webhooks", "E-mail", "Checkout"]) {
      expect(titles.some((title) => title.startsWith(what))).toBe(true);
    }
  });
  test.each([
    ["S4-9", 7],
    ["S4-79", 7],
    ["S4-36", 5],
    ["S4-33", 4],
    ["S4-42", 3],
    ["S4-74", 2],
    ["S4-16", 1],
  ])("%s: %i days before", (source, before) =>
    expect(rawdog.preparation.find((row) => row.source === source)?.before).toEqual(days(before)),
  );
  test("S4-10: seven of seven before the first traffic", () =>
    expect(rawdog.readiness).toMatchObject({
      toLeave: "ttl-lowered",
      atLeast: percent(100),
      components: [{ weight: 7 }],
    }));
  test("S4-75: three people sign the go", () =>
    expect(stageOf("ttl-lowered")?.leave?.signedBy).toEqual([
      "releaseOwner",
      "approver",
      "secondApprover",
    ]));
  test("S4-42, S4-78: rehearsed in the last seven days, with its way back", () =>
    expect(stageOf("ttl-lowered")?.leave?.rehearsed).toEqual({ notOlderThan: days(7) }));
  test("S4-49, S4-50: an alarm suffices, and so does the word of one", () =>
    expect(rawdog.rollback.authority).toEqual({
      by: ["onCall", "releaseOwner"],
      alarmSuffices: true,
    }));
  test.each([
    ["S4-38", "SMOKE-TENANTS"],
    ["S4-63", "SMOKE-WEBHOOK"],
    ["S4-64", "SMOKE-EMAIL"],
    ["S4-65", "SMOKE-CHECKOUT"],
    ["S4-66", "SMOKE-PORTAL"],
    ["S4-67", "SMOKE-MCP"],
  ])("%s: %s asks a side on its own address", (source, id) => {
    const smoke = rawdog.smokeTests.find((each) => each.id === id);
    expect(smoke).toMatchObject({ source });
    const paths = rawdog.rehearsal.requests.map(
      ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "*")}`,
    );
    const asked = [smoke?.method, smoke?.path.replace("/other/", "/*/")].join(" ");
    expect(paths).toContain(asked);
  });
  test("S4-16, S4-19: five messages, each of whose lines can be filled in", () => {
    const messages = rawdog.communications.flatMap(({ message }) => message ?? []);
    expect(messages.map(({ kind }) => kind)).toEqual([
      "window",
      "start",
      "done",
      "rollback",
      "delay",
    ]);
    const values = Object.fromEntries(
      Object.keys(messageFields).map((field) => [field as MessageField, "something"]),
    );
    for (const message of messages) expect(filledIn(message, values).missing).toEqual([]);
  });
  test("S4-80: numbers of people are secrets", () =>
    expect(rawdog.contacts.every(({ secret }) => secret.startsWith("rawdog-contacts:"))).toBe(
      true,
    ));
});

describe("the day", () => {
  test("S4-52, S4-53, S4-54, S4-55, S4-56, S4-57, S4-58: the seven steps of the day, five of them inside one move", () => {
    const row = rawdog.night.slots.find(({ movesTo }) => movesTo === "canary");
    expect(row).toMatchObject({ at: "T+0:00", lasts: minutes(1) });
    for (const step of ["Maintenance on", "last sync", "compared", "names checked", "off"]) {
      expect(row?.activity).toContain(step);
    }
    expect(rawdog.night.slots.find(({ at }) => at === "T+0:01")?.activity).toContain("Smoke tests");
  });
  test("each stage has its row, and rows follow each other without a gap until 100 %", () => {
    expect(rawdog.night.slots.flatMap(({ movesTo }) => movesTo ?? [])).toEqual(stages.slice(1));
    const ends = rawdog.night.slots.slice(3, 9).map(({ lasts }) => lasts?.milliseconds ?? 0);
    expect(inWords({ milliseconds: ends.reduce((sum, each) => sum + each) })).toBe("48 min");
  });
  test("a move leaves time for the soaks and tests that follow it on the day", () =>
    expect(stages.map((name) => stageOf(name)?.timeLeft)).toEqual([
      undefined,
      undefined,
      minutes(65),
      minutes(50),
      minutes(20),
      undefined,
      undefined,
    ]));
});

describe("afterwards", () => {
  test("S4-6, S4-70: the old system is kept 30 days at least and 60 at most", () => {
    expect(rawdog.retention).toMatchObject({ oldSideFor: days(30), oldSideAtMost: days(60) });
    expect(stageOf("retained")?.leave?.soak).toEqual(days(29));
  });
  test("S4-69: its archive is made while it is kept, read back, and outlives it by 30 days", () => {
    expect(rawdog.backups).toMatchObject([{ madeIn: "retained", source: "S4-69" }]);
    expect(rawdog.retention.records).toMatchObject([{ for: days(30), source: "S4-69" }]);
  });
  test("nine criteria of success and nine of being done", () => {
    expect(rawdog.success).toHaveLength(9);
    expect(rawdog.done).toHaveLength(9);
  });
});
