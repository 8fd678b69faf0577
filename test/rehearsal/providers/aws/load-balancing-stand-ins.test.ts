import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { startAwsProvider } from "../../../../rehearsal/providers/aws/aws-provider.ts";
import {
  secret,
  UNKNOWN,
  type Properties,
} from "../../../../rehearsal/providers/property-values.ts";
import { LoadBalancing } from "../../../../rehearsal/world/elb/load-balancing.ts";
import { RegisteredTargets } from "../../../../rehearsal/world/elb/registered-targets.ts";
import { listenerArn } from "../../world/elb/elb-world.ts";
import { ProviderClient } from "../provider-client.ts";

const GROUP = "aws:lb/targetGroup:TargetGroup";
const RULE = "aws:lb/listenerRule:ListenerRule";

let clock: CutoverClock;
let elb: LoadBalancing;
let client: ProviderClient;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = CutoverClock.startingAt(Date.UTC(2026, 10, 21));
  clock.setRate(1_000);
  elb = new LoadBalancing(listenerArn);
  const targets = new RegisteredTargets(elb, clock);
  const loadBalancing = { clock, elb, targets };
  const running = await startAwsProvider({ accessKey: "rehearsal", loadBalancing });
  stop = async () => {
    targets.stop();
    await running.stop();
  };
  client = new ProviderClient(running.port);
  await client.configure({
    region: "eu-central-1",
    accessKey: secret("rehearsal"),
    secretKey: secret("rehearsal"),
  });
});
afterEach(async () => {
  client.close();
  await stop();
});

const group = (name: string): Properties => ({
  ...{ name, targetType: "ip", port: 8000, protocol: "HTTP", vpcId: "vpc-1" },
  deregistrationDelay: 30,
  healthCheck: {
    ...{ path: "/api/health", protocol: "HTTP", port: "traffic-port", matcher: "200" },
    ...{ interval: 10, timeout: 5, healthyThreshold: 2, unhealthyThreshold: 3 },
  },
  tags: {},
});
const made = async (name: string): Promise<string> => (await client.create(GROUP, group(name))).id;
const rule = (weights: Readonly<Record<string, number>>, order = 1): Properties => ({
  listenerArn,
  priority: 100,
  conditions: [{ hostHeader: { values: ["lms.company.com"] } }],
  actions: [
    {
      ...{ type: "forward", order },
      forward: {
        targetGroups: Object.entries(weights).map(([arn, weight]) => ({ arn, weight })),
      },
    },
  ],
  tags: { "cutover:system": "lms" },
});
const refused = (message: RegExp) => ({ details: expect.stringMatching(message) });
const liveWeights = () => elb.rules[0]?.action.targetGroups.map(({ weight }) => weight);

describe("TargetGroup", () => {
  test("is made with an ARN that holds its name, and read back as it was written", async () => {
    const { id, outputs } = await client.create(GROUP, group("lms-blue"));
    expect(id).toMatch(
      /^arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup\/lms-blue\/[0-9a-f]{16}$/,
    );
    expect(outputs["arn"]).toBe(id);
    expect((await client.read(GROUP, id, group("lms-blue"), outputs)).inputs).toEqual(
      group("lms-blue"),
    );
  });

  test("drains and looks at its targets in another way in place; another name is another group", async () => {
    const id = await made("lms-blue");
    const inputs = { ...group("lms-blue"), deregistrationDelay: 5 };
    await client.update(GROUP, id, { oldInputs: group("lms-blue"), oldOutputs: {}, inputs });
    expect(elb.targetGroup(id).deregistrationDelaySeconds).toBe(5);
    const { replaces } = await client.diff(GROUP, inputs, { ...inputs, name: "lms-new" });
    expect(replaces).toEqual(["name"]);
  });

  test("two of one name are refused in the API's words", async () => {
    await made("lms-blue");
    await expect(made("lms-blue")).rejects.toMatchObject(
      refused(/^creating ELBv2 Target Group \(lms-blue\): DuplicateTargetGroupName: /),
    );
  });

  test("is not removed while a rule forwards to it", async () => {
    const id = await made("lms-blue");
    await client.create(RULE, rule({ [id]: 1 }));
    await expect(client.delete(GROUP, id)).rejects.toMatchObject(refused(/ResourceInUse/));
  });

  test.for([
    ["an unknown input", { colour: "red" }, /colour/],
    ["a name that is too long", { name: "a".repeat(33) }, /longer than 32/],
    ["a name that ends with a hyphen", { name: "lms-" }, /begin or end with a hyphen/],
    ["a delay beyond an hour", { deregistrationDelay: 3_601 }, /3600/],
    ["a timeout as long as its interval", { healthCheck: { interval: 5, timeout: 5 } }, /interval/],
    ["stickiness", { stickiness: { type: "lb_cookie" } }, /stickiness/],
    ["no VPC", { vpcId: undefined }, /needed/],
  ] as const)("%s is refused", async ([, change, message]) => {
    const { failures } = await client.check(GROUP, { ...group("lms-blue"), ...change });
    expect(failures.join()).toMatch(message);
  });
});

describe("ListenerRule", () => {
  test("carries both weights, and changes them in place in one write", async () => {
    const [blue, green] = [await made("lms-blue"), await made("lms-green")];
    const before = rule({ [blue]: 100, [green]: 0 });
    const { id, outputs } = await client.create(RULE, before);
    expect(id).toMatch(/:listener-rule\/app\/public\/0123456789abcdef\/fedcba9876543210\/\w{16}$/);
    const inputs = rule({ [blue]: 90, [green]: 10 });
    expect(await client.diff(RULE, before, inputs)).toMatchObject({ replaces: [] });
    await client.update(RULE, id, { oldInputs: before, oldOutputs: outputs, inputs });
    expect(liveWeights()).toEqual([90, 10]);
  });

  test("shows what was changed by hand", async () => {
    const blue = await made("lms-blue");
    const { id, outputs } = await client.create(RULE, rule({ [blue]: 100 }));
    const [live] = elb.rules;
    if (live === undefined) throw new Error("no rule");
    elb.modifyRule(id, { ...live, action: { ...live.action, order: 3 } });
    const found = await client.read(RULE, id, rule({ [blue]: 100 }), outputs);
    expect(found.inputs).toEqual(rule({ [blue]: 100 }, 3));
  });

  test("an update of its tags alone leaves the weights as somebody set them by hand", async () => {
    const blue = await made("lms-blue");
    const before = rule({ [blue]: 100 });
    const { id, outputs } = await client.create(RULE, before);
    const [live] = elb.rules;
    if (live === undefined) throw new Error("no rule");
    elb.modifyRule(id, { ...live, action: { order: 1, targetGroups: [{ arn: blue, weight: 7 }] } });
    const inputs = { ...before, tags: {} };
    await client.update(RULE, id, { oldInputs: before, oldOutputs: outputs, inputs });
    expect(liveWeights()).toEqual([7]);
  });

  test("another order of its action writes them all again, and ends a stickiness set by hand", async () => {
    const blue = await made("lms-blue");
    const before = rule({ [blue]: 100 });
    const { id, outputs } = await client.create(RULE, before);
    const [live] = elb.rules;
    if (live === undefined) throw new Error("no rule");
    const action = { order: 1, targetGroups: [{ arn: blue, weight: 7 }], stickySeconds: 60 };
    elb.modifyRule(id, { ...live, action });
    const inputs = rule({ [blue]: 100 }, 2);
    await client.update(RULE, id, { oldInputs: before, oldOutputs: outputs, inputs });
    expect(elb.rules[0]?.action).toEqual({ order: 2, targetGroups: [{ arn: blue, weight: 100 }] });
  });

  test("a place that is taken is refused in the API's words", async () => {
    const blue = await made("lms-blue");
    await client.create(RULE, rule({ [blue]: 1 }));
    await expect(client.create(RULE, rule({ [blue]: 1 }))).rejects.toMatchObject(
      refused(/^creating ELBv2 Listener Rule: PriorityInUse: Priority '100' is currently in use$/),
    );
  });

  test("without a place it takes the one behind the last", async () => {
    const blue = await made("lms-blue");
    await client.create(RULE, rule({ [blue]: 1 }));
    const { outputs } = await client.create(RULE, { ...rule({ [blue]: 1 }), priority: undefined });
    expect(outputs["priority"]).toBe(101);
  });

  test("a throttled call is tried again, and given up after 25 times", async () => {
    const blue = await made("lms-blue");
    elb.throttle(3);
    const { id, outputs } = await client.create(RULE, rule({ [blue]: 1 }));
    elb.throttle(1_000);
    clock.setRate(1_000_000);
    const change = { oldInputs: rule({ [blue]: 1 }), oldOutputs: outputs };
    await expect(
      client.update(RULE, id, { ...change, inputs: rule({ [blue]: 2 }) }),
    ).rejects.toMatchObject(refused(/exceeded maximum number of attempts, 25: Throttling/));
  });

  test.for([
    ["an unknown input", { colour: "red" }, /colour/],
    ["no condition", { conditions: [] }, /conditions/],
    [
      "two kinds in one condition",
      {
        conditions: [{ hostHeader: { values: ["a"] }, pathPattern: { values: ["/"] } }],
      },
      /exactly one condition type/,
    ],
    ["a target group that is no ARN", rule({ "lms-blue": 1 }), /invalid ARN/],
    ["a weight of 1000", rule({ "arn:aws:elasticloadbalancing:x": 1000 }), /0 - 999/],
    ["a place behind the last", { priority: 50_001 }, /50000/],
  ] as const)("%s is refused", async ([, change, message]) => {
    const right = rule({ "arn:aws:elasticloadbalancing:x": 1 });
    const { failures } = await client.check(RULE, { ...right, ...change });
    expect(failures.join()).toMatch(message);
  });

  test("what a preview does not know yet is left for later", async () => {
    const { failures } = await client.check(RULE, rule({ [UNKNOWN]: 100 }));
    expect(failures).toEqual([]);
  });
});
