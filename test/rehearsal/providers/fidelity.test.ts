import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { healthCheckInputs } from "../../../rehearsal/providers/aws/health-check-inputs.ts";
import { listenerRuleInputs } from "../../../rehearsal/providers/aws/listener-rule-inputs.ts";
import { recordInputs } from "../../../rehearsal/providers/aws/record-inputs.ts";
import { targetGroupInputs } from "../../../rehearsal/providers/aws/target-group-inputs.ts";
import {
  balancerInputs,
  monitorInputs as originMonitorInputs,
  poolInputs,
} from "../../../rehearsal/providers/cloudflare/inputs.ts";
import { checkSchema } from "../../../rehearsal/providers/check-schema.ts";
import { dashboardInputs } from "../../../rehearsal/providers/datadog/dashboard-json.ts";
import { monitorInputs } from "../../../rehearsal/providers/datadog/monitor-inputs.ts";
import { slackChannelInputs } from "../../../rehearsal/providers/datadog/slack-channel.ts";
import { kindOfToken, objectOf } from "../../../rehearsal/providers/kubernetes/object-inputs.ts";
import { MemoryObjectStore } from "../../../rehearsal/world/api-server/object-store.ts";
import type { SettledSystem } from "../../../definition/system.ts";
import { settle } from "../../../definition/tbd.ts";
import { loadSystem, systemNames } from "../../../definition/catalogue.ts";
import { byListenerRule } from "../../alb-system.ts";
import { declaredResources, type DeclaredResource } from "../../components/declared-resources.ts";
import { byCloudflare } from "../../cloudflare-system.ts";
import { byHttpRoute } from "../../http-route-system.ts";
import { byWeightedAliases, byWeightedRecords } from "../../weighted-records-system.ts";
import { sdkInputs } from "./sdk-inputs.ts";

/** Every type that is no Kubernetes object, with the stand-in's inputs and where the SDK declares its own. */
const schemas: Readonly<
  Record<string, { readonly schema: z.ZodObject; readonly module: string; readonly args: string }>
> = {
  "datadog:index/monitor:Monitor": {
    schema: monitorInputs,
    module: "@pulumi/datadog/monitor.d.ts",
    args: "MonitorArgs",
  },
  "datadog:index/dashboardJson:DashboardJson": {
    schema: dashboardInputs,
    module: "@pulumi/datadog/dashboardJson.d.ts",
    args: "DashboardJsonArgs",
  },
  "datadog:slack/channel:Channel": {
    schema: slackChannelInputs,
    module: "@pulumi/datadog/slack/channel.d.ts",
    args: "ChannelArgs",
  },
  "aws:route53/record:Record": {
    schema: recordInputs,
    module: "@pulumi/aws/route53/record.d.ts",
    args: "RecordArgs",
  },
  "aws:route53/healthCheck:HealthCheck": {
    schema: healthCheckInputs,
    module: "@pulumi/aws/route53/healthCheck.d.ts",
    args: "HealthCheckArgs",
  },
  "aws:lb/targetGroup:TargetGroup": {
    schema: targetGroupInputs,
    module: "@pulumi/aws/lb/targetGroup.d.ts",
    args: "TargetGroupArgs",
  },
  "aws:lb/listenerRule:ListenerRule": {
    schema: listenerRuleInputs,
    module: "@pulumi/aws/lb/listenerRule.d.ts",
    args: "ListenerRuleArgs",
  },
  "cloudflare:index/loadBalancerMonitor:LoadBalancerMonitor": {
    schema: originMonitorInputs,
    module: "@pulumi/cloudflare/loadBalancerMonitor.d.ts",
    args: "LoadBalancerMonitorArgs",
  },
  "cloudflare:index/loadBalancerPool:LoadBalancerPool": {
    schema: poolInputs,
    module: "@pulumi/cloudflare/loadBalancerPool.d.ts",
    args: "LoadBalancerPoolArgs",
  },
  "cloudflare:index/loadBalancer:LoadBalancer": {
    schema: balancerInputs,
    module: "@pulumi/cloudflare/loadBalancer.d.ts",
    args: "LoadBalancerArgs",
  },
};

const holds = (type: unknown): string => {
  const inner: unknown = type instanceof z.ZodOptional ? type.unwrap() : type;
  if (inner instanceof z.ZodArray) return "list";
  if (inner instanceof z.ZodObject || inner instanceof z.ZodRecord) return "object";
  if (inner instanceof z.ZodUnion) return holds(inner.options[0]);
  if (inner instanceof z.ZodLiteral) return typeof inner.value;
  if (inner instanceof z.ZodNumber) return "number";
  return inner instanceof z.ZodBoolean ? "boolean" : "string";
};

describe.for(Object.entries(schemas))("%s: the stand-in's inputs are the SDK's", ([, of]) => {
  const sdk = sdkInputs(of.module, of.args);

  test.for(Object.keys(of.schema.shape))("%s", (name) => {
    const type = of.schema.shape[name];
    if (type === undefined) throw new Error(`no input ${name}`);
    expect({ required: !(type instanceof z.ZodOptional), holds: holds(type) }).toEqual(sdk[name]);
  });

  test("none that the SDK requires is missing", () => {
    const required = Object.entries(sdk).filter(([, input]) => input.required);
    expect(Object.keys(of.schema.shape)).toEqual(
      expect.arrayContaining(required.map(([name]) => name)),
    );
  });
});

/** Each system, and what the mechanisms declare that no system uses yet. */
const systems: Readonly<Record<string, () => Promise<SettledSystem>>> = {
  ...Object.fromEntries(
    systemNames().map((name) => [
      name,
      async () =>
        settle(await loadSystem(name, "stacks"), { rehearsal: true, file: `stacks/${name}.ts` }),
    ]),
  ),
  "lms by an HTTPRoute": async () => byHttpRoute,
  "lms by Cloudflare": async () => byCloudflare,
  "lms by weighted records": async () => byWeightedRecords,
  "lms by weighted aliases": async () => byWeightedAliases,
  "lms by a listener rule": async () => byListenerRule,
};

describe.for(Object.entries(systems))(
  "%s: everything that the program declares is checked",
  ([, load]) => {
    let declared: readonly DeclaredResource[] = [];
    const store = new MemoryObjectStore(CutoverClock.startingAt(0), []);
    beforeAll(async () => {
      const system = await load();
      const [first, second] = system.ladder.map((stage) => stage.name);
      declared = await declaredResources(system, {
        recorded: false,
        transition: {
          ...{ from: first ?? "", to: second ?? "", sequence: 2, since: "" },
          ...{ follows: "", damage: "", sinceCommit: "" },
        },
      });
      const { namespace } = system.workload;
      store.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    });
    /** Inputs as they reach a provider: through the wire, without what is undefined. */
    const sent = ({ inputs }: DeclaredResource): Record<string, unknown> =>
      JSON.parse(JSON.stringify(inputs)) as Record<string, unknown>;
    const leaves = (): readonly DeclaredResource[] =>
      declared.filter(({ type }) => !type.startsWith("cutover:"));

    test("each type has a stand-in that knows its inputs, and takes what is declared", () => {
      expect(leaves().length).toBeGreaterThan(0);
      for (const resource of leaves()) {
        if (resource.type.startsWith("kubernetes:")) {
          const object = objectOf({ ...kindOfToken(resource.type), ...sent(resource) });
          expect(() => {
            store.dryRun(object);
          }, resource.name).not.toThrow();
        } else {
          const schema = schemas[resource.type]?.schema;
          expect(schema, resource.type).toBeDefined();
          if (schema !== undefined) {
            expect(checkSchema(schema, sent(resource)), resource.name).toEqual([]);
          }
        }
      }
    });

    test("an input that no stand-in knows is refused, wherever it stands", () => {
      for (const resource of leaves()) {
        const inputs = sent(resource);
        const { spec } = inputs;
        const strange =
          spec === undefined
            ? { ...inputs, madeUp: 1 }
            : { ...inputs, spec: { ...spec, madeUp: 1 } };
        if (resource.type.startsWith("kubernetes:")) {
          const object = objectOf({ ...kindOfToken(resource.type), ...strange });
          expect(() => {
            store.dryRun(object);
          }, resource.name).toThrow(/madeUp/);
        } else {
          const schema = schemas[resource.type]?.schema ?? z.unknown();
          expect(checkSchema(schema, strange), resource.name).not.toEqual([]);
        }
      }
    });
  },
);
