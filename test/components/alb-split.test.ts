import { describe, expect, test } from "vitest";
import { greenWeightAt } from "../../definition/ladder.ts";
import { byListenerRule } from "../alb-system.ts";
import { declaredResources, type DeclaredResource } from "./declared-resources.ts";

const moving = (from: string, to: string) => ({
  recorded: false,
  transition: {
    ...{ from, to, sequence: 2, since: "2026-01-10T23:35:00.000Z" },
    ...{ follows: "", sinceCommit: "", damage: "" },
  },
});
const declaredAt = (stage: string) => declaredResources(byListenerRule, moving("baseline", stage));
const ofType = (declared: readonly DeclaredResource[], type: string) =>
  declared.filter((resource) => resource.type === type);
const rules = (declared: readonly DeclaredResource[]) =>
  ofType(declared, "aws:lb/listenerRule:ListenerRule").map(({ name, inputs }) => ({
    name,
    ...(inputs as { priority: number; actions: { order: number; forward: Forward }[] }),
  }));
interface Forward {
  readonly targetGroups: readonly { readonly arn?: string; readonly weight: number }[];
  readonly stickiness?: object;
}

describe("a listener rule", () => {
  test("S4-39: one action of one rule carries both weights", async () => {
    const [, split] = rules(await declaredAt("canary"));
    expect(split).toMatchObject({
      name: "lms-split-route",
      listenerArn: expect.stringMatching(/:listener\/app\/public\//),
      priority: 100,
      conditions: [{ hostHeader: { values: ["lms.company.com"] } }],
      tags: { "managed-by": "pulumi", "cutover:system": "lms" },
    });
    expect(split?.actions).toHaveLength(1);
    expect(split?.actions[0]?.forward.targetGroups.map(({ weight }) => weight)).toEqual([90, 10]);
  });

  test.for(byListenerRule.ladder.map(({ name }) => name))(
    "at %s lists both sides, and never both at weight 0",
    async (stage) => {
      const green = greenWeightAt(byListenerRule, stage);
      const [, split] = rules(await declaredAt(stage));
      expect(split?.actions[0]?.forward.targetGroups).toMatchObject([
        { weight: 100 - green },
        { weight: green },
      ]);
    },
  );

  test("no client is made to stick to a side, or to a target of one", async () => {
    const declared = await declaredAt("canary");
    for (const { actions } of rules(declared)) {
      expect(actions[0]?.forward).not.toHaveProperty("stickiness");
    }
    for (const { inputs } of ofType(declared, "aws:lb/targetGroup:TargetGroup")) {
      expect(inputs).not.toHaveProperty("stickiness");
    }
  });

  test("testers reach green by their header at weight 0, by a rule that is looked at first", async () => {
    const [testers, split] = rules(await declaredAt("baseline"));
    expect(testers).toMatchObject({
      name: "lms-split-testers",
      priority: 99,
      conditions: [
        { hostHeader: { values: ["lms.company.com"] } },
        { httpHeader: { httpHeaderName: "x-tester", values: ["yes"] } },
      ],
    });
    expect(testers?.actions[0]?.forward.targetGroups).toMatchObject([{ weight: 100 }]);
    expect(split?.actions[0]?.forward.targetGroups[1]).toMatchObject({ weight: 0 });
  });
});

test("S4-37: each side has a target group that asks the health endpoint and drains as long as its pods do", async () => {
  const groups = ofType(await declaredAt("baseline"), "aws:lb/targetGroup:TargetGroup");
  expect(groups.map(({ inputs }) => inputs)).toMatchObject(
    ["lms-blue", "lms-green"].map((name) => ({
      name,
      targetType: "ip",
      vpcId: "vpc-0123456789abcdef0",
      port: byListenerRule.workload.port,
      deregistrationDelay: byListenerRule.workload.drainFor.milliseconds / 1_000,
      healthCheck: { path: byListenerRule.workload.health.path, matcher: "200" },
    })),
  );
});

test("the pods of each side's Service are registered with its target group", async () => {
  const bindings = (await declaredAt("baseline")).filter(({ type }) =>
    type.endsWith(":TargetGroupBinding"),
  );
  expect(bindings.map(({ inputs }) => inputs)).toMatchObject(
    ["lms-blue", "lms-green"].map((name) => ({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      metadata: { name, namespace: "production" },
      spec: { targetType: "ip", serviceRef: { name, port: byListenerRule.workload.port } },
    })),
  );
});

test("nothing of a mesh is declared beside it", async () => {
  const declared = await declaredAt("canary");
  expect(JSON.stringify(declared)).not.toContain("istio");
});
