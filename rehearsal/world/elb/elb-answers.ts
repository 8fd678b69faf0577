import { AwsRefusal } from "../aws/refusal.ts";
import type { XmlContent, XmlElement } from "../aws/xml.ts";
import type { ElbWorld } from "./elb-world.ts";
import type { Rule, RuleCondition, TargetGroup } from "./model.ts";

/** Answers one call of the API, version 2015-12-01; undefined for a call that no reader here makes. */
export const elbAnswer = (
  world: ElbWorld,
  parameters: URLSearchParams,
): (() => XmlElement) | undefined => {
  const action = parameters.get("Action") ?? "";
  const result = answers[action];
  return result && (() => [`${action}Response`, [[`${action}Result`, result(world, parameters)]]]);
};

type Answer = (world: ElbWorld, parameters: URLSearchParams) => readonly XmlElement[];

const answers: Readonly<Record<string, Answer>> = {
  DescribeRules: ({ elb }, parameters) => {
    if (parameters.get("ListenerArn") !== elb.listenerArn) {
      throw new AwsRefusal(400, "ListenerNotFound", "One or more listeners not found");
    }
    return [["Rules", members([...elb.rules.map(ruleElements), defaultRule(elb.listenerArn)])]];
  },
  DescribeTargetGroups: ({ elb }, parameters) => {
    const names = listIn(parameters, "Names");
    const found = elb.targetGroups.filter(({ name }) => names.includes(name));
    if (found.length < names.length) {
      throw new AwsRefusal(400, "TargetGroupNotFound", "One or more target groups not found");
    }
    return [["TargetGroups", members(found.map(targetGroupElements))]];
  },
  DescribeTargetHealth: ({ elb, targets }, parameters) => {
    const { arn, port } = elb.targetGroup(parameters.get("TargetGroupArn") ?? "");
    const described = targets
      .describe(arn)
      .map(({ origin, state, reason }): readonly XmlElement[] => [
        [
          "Target",
          [
            ["Id", new URL(origin).hostname],
            ["Port", port],
          ],
        ],
        [
          "TargetHealth",
          [
            ["State", state],
            ["Reason", reason],
          ],
        ],
      ]);
    return [["TargetHealthDescriptions", members(described)]];
  },
  DescribeTags: ({ elb }, parameters) => [
    [
      "TagDescriptions",
      members(
        listIn(parameters, "ResourceArns").map((arn): readonly XmlElement[] => [
          ["ResourceArn", arn],
          [
            "Tags",
            members(
              Object.entries(elb.tagsOf(arn)).map(([key, value]): readonly XmlElement[] => [
                ["Key", key],
                ["Value", value],
              ]),
            ),
          ],
        ]),
      ),
    ],
  ],
};

/** A list as the query protocol writes it: `Names.member.1=…`. */
const listIn = (parameters: URLSearchParams, name: string): readonly string[] =>
  [...parameters].flatMap(([key, value]) => (key.startsWith(`${name}.member.`) ? [value] : []));

const members = (each: readonly XmlContent[]): readonly XmlElement[] =>
  each.map((content): XmlElement => ["member", content]);

const ruleElements = ({ arn, priority, conditions, action }: Rule): readonly XmlElement[] => [
  ["RuleArn", arn],
  ["Priority", priority],
  ["IsDefault", false],
  ["Conditions", members(conditions.map(conditionElements))],
  [
    "Actions",
    members([
      [
        ["Type", "forward"],
        ["Order", action.order],
        [
          "ForwardConfig",
          [
            [
              "TargetGroups",
              members(
                action.targetGroups.map((group): readonly XmlElement[] => [
                  ["TargetGroupArn", group.arn],
                  ["Weight", group.weight],
                ]),
              ),
            ],
            [
              "TargetGroupStickinessConfig",
              [
                ["Enabled", action.stickySeconds !== undefined],
                ["DurationSeconds", action.stickySeconds],
              ],
            ],
          ],
        ],
      ],
    ]),
  ],
];

const conditionElements = (condition: RuleCondition): readonly XmlElement[] => {
  const values: XmlElement = ["Values", members(condition.values)];
  switch (condition.field) {
    case "host-header":
      return [
        ["Field", condition.field],
        ["HostHeaderConfig", [values]],
      ];
    case "path-pattern":
      return [
        ["Field", condition.field],
        ["PathPatternConfig", [values]],
      ];
    case "http-header":
      return [
        ["Field", condition.field],
        ["HttpHeaderConfig", [["HttpHeaderName", condition.name], values]],
      ];
  }
};

/** What every listener has at its end; this one answers by itself. */
const defaultRule = (listenerArn: string): readonly XmlElement[] => [
  ["RuleArn", `${listenerArn.replace(":listener/", ":listener-rule/")}/default`],
  ["Priority", "default"],
  ["IsDefault", true],
  [
    "Actions",
    members([
      [
        ["Type", "fixed-response"],
        ["FixedResponseConfig", [["StatusCode", "404"]]],
      ],
    ]),
  ],
];

const targetGroupElements = ({
  arn,
  name,
  port,
  vpcId,
  healthCheck,
}: TargetGroup): readonly XmlElement[] => [
  ["TargetGroupArn", arn],
  ["TargetGroupName", name],
  ["Protocol", "HTTP"],
  ["Port", port],
  ["VpcId", vpcId],
  ["TargetType", "ip"],
  ["HealthCheckPath", healthCheck.path],
];
