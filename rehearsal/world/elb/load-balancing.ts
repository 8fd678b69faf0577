import { createHash } from "node:crypto";
import { AwsRefusal } from "../aws/refusal.ts";
import type { Rule, RuleSettings, Tags, TargetGroup, TargetGroupSettings } from "./model.ts";
import { ruleProblem } from "./rule-problems.ts";

/**
 * Elastic Load Balancing of the world: one load balancer with one listener, the listener's rules, and target
 * groups. It takes and refuses what the API does, and changes are in force at once.
 */
export class LoadBalancing {
  /** ARN of the listener, which stands already. */
  readonly listenerArn: string;
  readonly #groups = new Map<string, TargetGroup>();
  readonly #rules = new Map<string, Rule>();
  readonly #tags = new Map<string, Tags>();
  readonly #listeners = new Set<() => void>();
  #made = 0;
  #throttled = 0;

  constructor(listenerArn: string) {
    this.listenerArn = listenerArn;
  }

  get targetGroups(): readonly TargetGroup[] {
    return [...this.#groups.values()];
  }

  /** In the order in which a request meets them. */
  get rules(): readonly Rule[] {
    return [...this.#rules.values()].sort((one, other) => one.priority - other.priority);
  }

  /** Refuses so many of the next calls for their rate. */
  throttle(calls: number): void {
    this.#throttled = calls;
  }

  /** Calls `listener` after each change; returns the way to stop that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether requests can reach a target group: no other is looked after. */
  inUse(groupArn: string): boolean {
    return this.rules.some(({ action }) => action.targetGroups.some(({ arn }) => arn === groupArn));
  }

  /** @throws AwsRefusal `TargetGroupNotFound`. */
  targetGroup(arn: string): TargetGroup {
    const found = this.#groups.get(arn);
    if (found !== undefined) return found;
    throw new AwsRefusal(400, "TargetGroupNotFound", "One or more target groups not found");
  }

  /** @throws AwsRefusal `RuleNotFound`. */
  rule(arn: string): Rule {
    const found = this.#rules.get(arn);
    if (found !== undefined) return found;
    throw new AwsRefusal(400, "RuleNotFound", "One or more rules not found");
  }

  /** Tags of a rule or a target group. */
  tagsOf(arn: string): Tags {
    return this.#tags.get(arn) ?? {};
  }

  /** @throws AwsRefusal `DuplicateTargetGroupName`, or `Throttling`. */
  createTargetGroup(settings: TargetGroupSettings, tags: Tags): TargetGroup {
    this.#answer();
    const { name } = settings;
    if (this.targetGroups.some((group) => group.name === name)) {
      throw new AwsRefusal(
        400,
        "DuplicateTargetGroupName",
        `A target group with the same name '${name}' exists, but with different settings`,
      );
    }
    const arn = this.#arn("targetgroup", `${name}/${this.#newId()}`);
    const group = { ...settings, arn };
    this.#groups.set(arn, group);
    this.#tags.set(arn, tags);
    this.#changed();
    return group;
  }

  /** @throws AwsRefusal `TargetGroupNotFound`, or `Throttling`. */
  modifyTargetGroup(arn: string, settings: TargetGroupSettings, tags: Tags): TargetGroup {
    this.#answer();
    this.targetGroup(arn);
    const group = { ...settings, arn };
    this.#groups.set(arn, group);
    this.#tags.set(arn, tags);
    this.#changed();
    return group;
  }

  /** @throws AwsRefusal `ResourceInUse` while a rule forwards to it, or `Throttling`. */
  deleteTargetGroup(arn: string): void {
    this.#answer();
    if (this.inUse(arn)) {
      throw new AwsRefusal(
        400,
        "ResourceInUse",
        `Target group '${arn}' is currently in use by a listener or a rule`,
      );
    }
    this.#groups.delete(arn);
    this.#tags.delete(arn);
    this.#changed();
  }

  /** @throws AwsRefusal `ListenerNotFound`, `PriorityInUse`, `TargetGroupNotFound`, `Throttling` and others. */
  createRule(listenerArn: string, settings: RuleSettings, tags: Tags): Rule {
    this.#answer();
    if (listenerArn !== this.listenerArn) {
      throw new AwsRefusal(400, "ListenerNotFound", "One or more listeners not found");
    }
    this.#accept(settings, undefined);
    const arn = this.#arn("listener-rule", `${this.#listenerPath}/${this.#newId()}`);
    return this.#put({ ...settings, arn }, tags);
  }

  /** @throws AwsRefusal `RuleNotFound`, `PriorityInUse`, `TargetGroupNotFound`, `Throttling` and others. */
  modifyRule(arn: string, settings: RuleSettings, tags: Tags = this.tagsOf(arn)): Rule {
    this.#answer();
    this.rule(arn);
    this.#accept(settings, arn);
    return this.#put({ ...settings, arn }, tags);
  }

  /** What is gone already is no failure. @throws AwsRefusal `Throttling`. */
  deleteRule(arn: string): void {
    this.#answer();
    this.#rules.delete(arn);
    this.#tags.delete(arn);
    this.#changed();
  }

  #put(rule: Rule, tags: Tags): Rule {
    this.#rules.set(rule.arn, rule);
    this.#tags.set(rule.arn, tags);
    this.#changed();
    return rule;
  }

  #accept(settings: RuleSettings, own: string | undefined): void {
    const problem = ruleProblem(settings);
    if (problem !== undefined) throw problem;
    const { priority, action } = settings;
    if (this.rules.some((rule) => rule.priority === priority && rule.arn !== own)) {
      const message = `Priority '${String(priority)}' is currently in use`;
      throw new AwsRefusal(400, "PriorityInUse", message);
    }
    for (const { arn } of action.targetGroups) this.targetGroup(arn);
  }

  #answer(): void {
    if (this.#throttled === 0) return;
    this.#throttled -= 1;
    throw new AwsRefusal(400, "Throttling", "Rate exceeded");
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  get #listenerPath(): string {
    return this.listenerArn.split(":listener/")[1] ?? "";
  }

  #arn(kind: string, path: string): string {
    return `${this.listenerArn.split(":").slice(0, 5).join(":")}:${kind}/${path}`;
  }

  /** Sixteen digits, as the API gives them. */
  #newId(): string {
    this.#made += 1;
    return createHash("sha256").update(String(this.#made)).digest("hex").slice(0, 16);
  }
}
