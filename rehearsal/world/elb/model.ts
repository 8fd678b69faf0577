/** How a target group looks after its targets, by the cutover clock. */
export interface TargetHealthCheck {
  readonly path: string;
  /** The one status that is well. */
  readonly matcher: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  /** Checks in a row that bring an unhealthy target back, and that lose a healthy one. */
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** What can be asked of a target group of HTTP targets, by their addresses. */
export interface TargetGroupSettings {
  readonly name: string;
  readonly port: number;
  readonly vpcId: string;
  readonly deregistrationDelaySeconds: number;
  readonly healthCheck: TargetHealthCheck;
}

export interface TargetGroup extends TargetGroupSettings {
  readonly arn: string;
}

/** What a request must be like to take a rule; one of the values suffices. */
export type RuleCondition =
  | { readonly field: "host-header" | "path-pattern"; readonly values: readonly string[] }
  | { readonly field: "http-header"; readonly name: string; readonly values: readonly string[] };

/** Where a rule sends its requests, by weight. */
export interface ForwardAction {
  readonly order: number;
  readonly targetGroups: readonly { readonly arn: string; readonly weight: number }[];
  /** For how long a client stays with the target group that it met first. */
  readonly stickySeconds?: number;
}

export interface RuleSettings {
  readonly priority: number;
  readonly conditions: readonly RuleCondition[];
  readonly action: ForwardAction;
}

export interface Rule extends RuleSettings {
  readonly arn: string;
}

export type Tags = Readonly<Record<string, string>>;
