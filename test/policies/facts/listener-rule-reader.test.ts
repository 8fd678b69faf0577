import { describe, expect, onTestFinished, test, vi } from "vitest";
import { readListenerRule } from "../../../policies/facts/listener-rule-reader.ts";
import { LoopbackServer } from "../../../rehearsal/world/application/loopback-server.ts";
import { elbApi } from "../../../rehearsal/world/elb/elb-api.ts";
import type { RuleCondition, TargetGroup } from "../../../rehearsal/world/elb/model.ts";
import { byListenerRule } from "../../alb-system.ts";
import { elbWorld, hostIs, listenerArn } from "../../rehearsal/world/elb/elb-world.ts";

const { traffic } = byListenerRule;
if (traffic.mechanism !== "alb listener rule") throw new Error("the wrong system");
const route = traffic;

/** A load balancer's API, and the reader of it; green at 10, a healthy target each. */
const reading = async (accessKey = "rehearsal") => {
  const world = elbWorld();
  const { targets, blue, green } = world;
  const rule = world.split(10);
  const sides = { blue: await world.target("blue"), green: await world.target("green") };
  targets.register(blue.arn, [sides.blue.pod]);
  targets.register(green.arn, [sides.green.pod]);
  await vi.waitFor(() => {
    for (const { arn } of [blue, green]) expect(targets.inRotation(arn)).toHaveLength(1);
  });
  const server = await LoopbackServer.start((request, response) => {
    elbApi(world, accessKey)(request, response);
  });
  onTestFinished(() => server.stop());
  const read = (changes: Partial<typeof route> = {}) =>
    readListenerRule({ by: "world", endpoint: server.origin }, byListenerRule, {
      ...route,
      ...changes,
    });
  const add = (
    priority: number,
    conditions: readonly RuleCondition[],
    ...weights: readonly (readonly [TargetGroup, number])[]
  ) =>
    world.elb.createRule(
      listenerArn,
      { priority, conditions, action: world.forward(...weights) },
      {},
    );
  return { ...world, rule, sides, read, add };
};
const notInForce = (problem: string) => ({
  value: { notInForce: `listener rule 100 is not in force: ${problem}` },
});
const header = (value: string): RuleCondition => ({
  field: "http-header",
  name: "X-Tester",
  values: [value],
});
const host = hostIs("lms.company.com");

describe("a listener rule", () => {
  test("has the weights that the API says, in percent of their sum", async () => {
    const { read, elb, rule, forward, blue, green } = await reading();
    expect(await read()).toEqual({
      known: true,
      value: {
        weights: { blue: 90, green: 10 },
        notInForce: undefined,
        writtenOver: undefined,
        version: "2",
        owners: [],
      },
    });
    elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 1], [green, 3]) });
    expect(await read()).toMatchObject({ value: { weights: { blue: 25, green: 75 } } });
  });

  test("that was written over says so, and the next mark is another", async () => {
    const { read, elb, rule } = await reading();
    elb.modifyRule(rule.arn, { ...rule, action: { ...rule.action, order: 7 } });
    expect(await read()).toMatchObject({ value: { writtenOver: "7", version: "8" } });
  });

  test("leaves testers alone, whose rule comes before it", async () => {
    const { read, add, green } = await reading();
    add(99, [host, header("yes")], [green, 100]);
    expect(await read()).toMatchObject({
      value: { weights: { blue: 90, green: 10 }, notInForce: undefined },
    });
  });
});

describe("is not in force", () => {
  test.for([["*.company.com"], ["lms.company.com"], ["?ms.COMPANY.com"]])(
    "while another rule takes everything of %s before it",
    async ([pattern]) => {
      const { read, add, elb, ...world } = await reading();
      const other = elb.createTargetGroup({ ...world.blue, name: "maintenance" }, {});
      add(50, [hostIs(pattern ?? "")], [other, 1]);
      expect(await read()).toMatchObject(
        notInForce("rule 50 of the listener takes its requests before it"),
      );
    },
  );

  test("with all of its weights at 0", async () => {
    const { read, elb, rule, forward, blue, green } = await reading();
    elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 0], [green, 0]) });
    expect(await read()).toMatchObject(notInForce("none of its target groups has a weight"));
  });

  test("while clients stick to a side, as they stay there whatever the weights say", async () => {
    const { read, elb, rule } = await reading();
    elb.modifyRule(rule.arn, { ...rule, action: { ...rule.action, stickySeconds: 3_600 } });
    expect(await read()).toMatchObject(notInForce("clients stick to a side of it for 3600 s"));
  });

  test("for other hosts than it is declared for, or for a part of their requests", async () => {
    const { read, elb, rule } = await reading();
    elb.modifyRule(rule.arn, { ...rule, conditions: [hostIs("old.company.com")] });
    expect(await read()).toMatchObject(notInForce("it does not take lms.company.com"));
    const path: RuleCondition = { field: "path-pattern", values: ["/api/*"] };
    elb.modifyRule(rule.arn, { ...rule, conditions: [host, path] });
    expect(await read()).toMatchObject(notInForce("it asks for path-pattern too"));
  });

  test("S4-37: while a side that is to get requests has no target, or none that is healthy", async () => {
    const { read, targets, clock, green, sides } = await reading();
    sides.green.status = 500;
    clock.setRate(100);
    await clock.sleep(45_000);
    expect(await read()).toMatchObject(
      notInForce(
        "target group lms-green has no healthy target: unhealthy (Target.ResponseCodeMismatch)",
      ),
    );
    targets.register(green.arn, []);
    await clock.sleep(31_000);
    expect(await read()).toMatchObject(notInForce("target group lms-green has no target"));
  });
});

test("a side at weight 0 may be sick: it holds up no way back", async () => {
  const { read, elb, rule, forward, blue, green, targets } = await reading();
  elb.modifyRule(rule.arn, { ...rule, action: forward([blue, 100], [green, 0]) });
  targets.register(green.arn, []);
  expect(await read()).toMatchObject({
    value: { weights: { blue: 100, green: 0 }, notInForce: undefined },
  });
});

test("a rule before it that sends a part of the requests elsewhere is let be, one that sends them to a side is not", async () => {
  const { read, add, elb, ...world } = await reading();
  const path: RuleCondition = { field: "path-pattern", values: ["/static/*"] };
  const other = elb.createTargetGroup({ ...world.blue, name: "static" }, {});
  add(50, [host, path], [other, 1]);
  expect(await read()).toMatchObject({ value: { notInForce: undefined } });
  add(51, [host, path], [world.green, 1]);
  expect(await read()).toEqual({
    known: false,
    reason: "the rules of listener rule 100 have different weights",
  });
});

test("rules of other hosts, and those behind it, are none of its business", async () => {
  const { read, add, green } = await reading();
  add(50, [hostIs("shop.company.com")], [green, 1]);
  add(101, [host], [green, 1]);
  expect(await read()).toMatchObject({
    value: { weights: { blue: 90, green: 10 }, notInForce: undefined },
  });
});

test.for<readonly [Readonly<Record<string, string>>, string]>([
  [{}, "whoever made it"],
  [{ "cutover:system": "shop" }, "system shop"],
  [{ "cutover:system": "lms", "aws:cloudformation:stack-name": "edge" }, "CloudFormation"],
  [{ "cutover:system": "lms", "elbv2.k8s.aws/cluster": "prod" }, "AWS Load Balancer Controller"],
  [{ "cutover:system": "lms", "managed-by": "terraform" }, "terraform"],
])("tags %j say that %s keeps it as well", async ([tags, owner]) => {
  const { read, elb, rule } = await reading();
  elb.modifyRule(rule.arn, rule, tags);
  const { owners } = ((await read()) as { value: { owners: readonly string[] } }).value;
  expect(owners).toHaveLength(1);
  expect(owners[0]).toContain(owner);
});

describe("nobody knows", () => {
  test("a rule that is not there yet", async () => {
    const { read } = await reading();
    expect(await read({ priority: 7 })).toMatchObject({
      known: false,
      notYet: true,
      reason: `${listenerArn} has no rule of priority 7`,
    });
  });

  test("a listener that is not there, or a text that names none", async () => {
    const { read } = await reading();
    expect(await read({ listenerArn: `${listenerArn}0` })).toMatchObject({
      known: false,
      reason: "One or more listeners not found",
    });
    expect(await read({ listenerArn: "public" })).toMatchObject({
      known: false,
      reason: 'traffic.listenerArn is "public", which is no ARN of a load balancer\'s listener',
    });
  });

  test("with a key that AWS does not know", async () => {
    const { read } = await reading("another");
    expect(await read()).toEqual({
      known: false,
      reason:
        "Elastic Load Balancing cannot be read: InvalidClientTokenId: The security token included in the request is invalid.",
    });
  });
});

test("a variable of AWS's puts no other API in the place of the one that is asked", async () => {
  const { read } = await reading();
  for (const name of ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2"]) {
    vi.stubEnv(name, "http://127.0.0.1:9");
  }
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(await read()).toMatchObject({ known: true });
});
