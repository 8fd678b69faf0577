/** A listener, one rule of which splits a system's traffic. */
export interface SplitListener {
  /** ARN of the listener. */
  readonly listener: string;
  /** Names of the target groups of both sides. */
  readonly targetGroups: readonly string[];
}

/**
 * What moving traffic by rules of load balancers needs: rules of these listeners and these target groups, no other
 * ones, and nothing is deleted. Targets are registered by the controller in the cluster, with rights of its own.
 */
export const listenerRights = (listeners: readonly SplitListener[], what: "look" | "update") => {
  if (listeners.length === 0) return [];
  // None of these can be granted on one thing alone.
  const read = { Effect: "Allow", Action: reading, Resource: "*" };
  if (what === "look") return [read];
  const changes = listeners.flatMap(({ listener, targetGroups }) => {
    const [account = "", path = ""] = listener.split(":listener/");
    const rules = `${account}:listener-rule/${path}/*`;
    const groups = targetGroups.map((name) => `${account}:targetgroup/${name}/*`);
    return [
      { Effect: "Allow", Action: ["elasticloadbalancing:CreateRule"], Resource: listener },
      { Effect: "Allow", Action: ["elasticloadbalancing:ModifyRule"], Resource: rules },
      { Effect: "Allow", Action: groupChanging, Resource: groups },
      { Effect: "Allow", Action: tagging, Resource: [rules, ...groups] },
    ];
  });
  return [read, ...changes];
};

const reading = [
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetGroupAttributes",
  "elasticloadbalancing:DescribeTargetHealth",
  "elasticloadbalancing:DescribeTags",
];
const groupChanging = [
  "elasticloadbalancing:CreateTargetGroup",
  "elasticloadbalancing:ModifyTargetGroup",
  "elasticloadbalancing:ModifyTargetGroupAttributes",
];
const tagging = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];
