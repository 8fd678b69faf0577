import { z } from "zod";
import { targetGroupName } from "../traffic/listener-rule.ts";
import { clientConfig, plainAwsError, type AwsConnection } from "./aws-connection.ts";
import { NoAnswer } from "./bounded.ts";
import { listenerRules, type ListenerRule, type TargetGroupTuple } from "./listener-rules.ts";

/** What messages call it. */
export const loadBalancingService = "Elastic Load Balancing";

/** The questions that are asked of its API. */
export interface ElasticLoadBalancing {
  rules(listener: string): Promise<readonly ListenerRule[]>;
  /** Why target groups have nobody fit to answer, in words. */
  unfitGroups(groups: readonly TargetGroupTuple[]): Promise<readonly string[]>;
  tags(arn: string): Promise<Readonly<Record<string, string>>>;
}

/**
 * Loads the client, and returns the way to ask it in the region of a listener. The time that loading takes is
 * not the API's, so it comes before any time limit.
 */
export const elasticLoadBalancing = async (connection: AwsConnection) => {
  const sdk = await loadSdk();
  return async <Answer>(
    listener: string,
    signal: AbortSignal,
    questions: (api: ElasticLoadBalancing) => Promise<Answer>,
  ): Promise<Answer> => {
    const region = listenerRegion.exec(listener)?.[1];
    if (region === undefined) {
      throw new NoAnswer(
        `traffic.listenerArn is "${listener}", which is no ARN of a load balancer's listener`,
      );
    }
    const client = new sdk.ElasticLoadBalancingV2Client(clientConfig(connection, region));
    try {
      return await questions(questionsTo(sdk, client, signal));
    } catch (error) {
      throw plainAwsError(loadBalancingService, ["ListenerNotFoundException"], error);
    } finally {
      client.destroy();
    }
  };
};

/** Region of an Application Load Balancer's listener, by its ARN. */
const listenerRegion =
  /^arn:(?:aws|aws-us-gov):elasticloadbalancing:([a-z0-9-]+):\d{12}:listener\/app\//;

/** The official client: hundreds of modules, for those who ask only. */
const loadSdk = () => import("@aws-sdk/client-elastic-load-balancing-v2");

type Sdk = Awaited<ReturnType<typeof loadSdk>>;

const targetHealth = z.array(
  z.object({ TargetHealth: z.object({ State: z.string(), Reason: z.string().optional() }) }),
);
const tagList = z.array(z.object({ Key: z.string(), Value: z.string().default("") }));

const questionsTo = (
  sdk: Sdk,
  client: InstanceType<Sdk["ElasticLoadBalancingV2Client"]>,
  abortSignal: AbortSignal,
): ElasticLoadBalancing => ({
  rules: async (listener) => {
    const rules: ListenerRule[] = [];
    let marker: string | undefined;
    do {
      const page = await client.send(
        new sdk.DescribeRulesCommand({
          ListenerArn: listener,
          ...(marker !== undefined && { Marker: marker }),
        }),
        { abortSignal },
      );
      rules.push(...listenerRules.parse(page.Rules ?? []));
      marker = page.NextMarker;
    } while (marker !== undefined);
    return rules;
  },
  unfitGroups: async (groups) => {
    const found = await Promise.all(
      groups.map(async ({ TargetGroupArn }) => {
        const answer = await client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn }), {
          abortSignal,
        });
        const targets = targetHealth.parse(answer.TargetHealthDescriptions ?? []);
        if (targets.some((one) => one.TargetHealth.State === "healthy")) return [];
        const name = targetGroupName(TargetGroupArn) ?? TargetGroupArn;
        const [first] = targets;
        // With none healthy a load balancer asks them all, as if each were.
        return first === undefined
          ? [`target group ${name} has no target`]
          : [`target group ${name} has no healthy target: ${inWords(first.TargetHealth)}`];
      }),
    );
    return found.flat();
  },
  tags: async (arn) => {
    const answer = await client.send(new sdk.DescribeTagsCommand({ ResourceArns: [arn] }), {
      abortSignal,
    });
    const tags = tagList.parse(answer.TagDescriptions?.[0]?.Tags ?? []);
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  },
});

const inWords = ({
  State,
  Reason,
}: {
  readonly State: string;
  readonly Reason?: string | undefined;
}): string => (Reason === undefined ? State : `${State} (${Reason})`);
