import { figureSource } from "../definition/figure.ts";
import type { ReadinessSource } from "../definition/readiness.ts";
import type { ReadinessNow } from "../operator/readiness.ts";
import type { ScoredComponent } from "../policies/rules/readiness/readiness-score.ts";
import { isoInstant } from "./iso-instant.ts";

/** One component as `cutover readiness` prints it. */
export interface ComponentAnswer {
  readonly name: string;
  readonly title: string;
  /** Its part of the whole, percent. */
  readonly weight: number;
  /** How much of it is there, percent; missing, stale and unreadable is 0. */
  readonly score: number;
  readonly required: boolean;
  /** When the oldest evidence for it was made, ISO 8601 UTC, and how old that is; null without any. */
  readonly at: string | null;
  readonly ageMilliseconds: number | null;
  /** Where it was read. */
  readonly from: string;
  readonly found: string;
  /** Checks of a list, each with what is expected, whose it is and whether it is done; empty for all else. */
  readonly checks: readonly {
    readonly number: number;
    readonly title: string;
    readonly expected: string | null;
    readonly owner: string;
    readonly done: boolean;
    readonly source: string;
  }[];
  /** Requirement ids. */
  readonly source: string;
}

/** The components of a score, as JSON has them. */
export const componentAnswers = ({
  now,
  score: { components },
}: ReadinessNow): readonly ComponentAnswer[] =>
  components.map((component) => ({
    name: component.name,
    title: component.title,
    weight: component.percentOfAll,
    score: component.score,
    required: component.required === true,
    at: isoInstant(component.at),
    ageMilliseconds: component.at === undefined ? null : Math.max(0, now - component.at),
    from: inWords(component.from),
    found: component.found,
    checks: checksOf(component),
    source: component.source,
  }));

const checksOf = ({ items = [] }: ScoredComponent): ComponentAnswer["checks"] =>
  items.map(({ item, by }, index) => ({
    number: index + 1,
    title: item.title,
    expected: item.expected ?? null,
    owner: item.owner,
    done: by !== undefined,
    source: item.source,
  }));

const inWords = (from: ReadinessSource): string => {
  if ("checklist" in from) return `signed checklist ${from.checklist}`;
  if ("backup" in from) return `signed backup ${from.backup}`;
  if ("replicas" in from) return `Kubernetes, replicas of ${from.replicas}`;
  if ("deployments" in from) {
    return `Kubernetes, ${from.deployments.map(({ namespace, name }) => `${namespace}/${name}`).join(", ")}`;
  }
  return "alarms" in from ? "Datadog, alarms" : figureSource(from.query);
};
