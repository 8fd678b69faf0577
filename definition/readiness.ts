import type { LimitedFigure } from "./figure.ts";
import type { Percentage } from "./units.ts";

/** How ready a system must be before a stage is left, as one score of weighted parts. */
export interface Readiness<StageName extends string = string> {
  /** The stage that is not left upwards below the score. */
  readonly toLeave: StageName;
  /** The least score that will do, of all weights together. */
  readonly atLeast: Percentage;
  readonly components: readonly ReadinessComponent[];
  /** Requirement ids of the least score. */
  readonly source: string;
}

/** One part of the score. What is missing, stale or unreadable of it scores nothing. */
export interface ReadinessComponent {
  readonly name: string;
  readonly title: string;
  /** How much it counts against the other components. */
  readonly weight: number;
  /** Whether the system is not ready without all of it, whatever the score. */
  readonly required?: true;
  readonly from: ReadinessSource;
  readonly source: string;
}

/** Where a component's score comes from: what people signed, or what a machine says now. */
export type ReadinessSource =
  /** The share of a checklist's items that are signed and fresh. */
  | { readonly checklist: string }
  /** Whether a backup is proven. */
  | { readonly backup: string }
  /** Whether every replica of a side is ready and runs that side's image. */
  | { readonly replicas: "blue" | "green" }
  /** The share of these Deployments of the cluster whose every replica is ready: what both sides stand on. */
  | { readonly deployments: readonly NamedDeployment[] }
  /** The share of the thresholds whose alarm works and is not raised. */
  | { readonly alarms: "quiet" }
  /** Whether the newest value keeps its limit. */
  | LimitedFigure;

/** A Deployment that is no part of the system. */
export interface NamedDeployment {
  readonly namespace: string;
  readonly name: string;
}

/** Deployments that a component asks about beside the system's sides; none, where it asks about something else. */
export const deploymentsOf = ({
  from,
}: Pick<ReadinessComponent, "from">): readonly NamedDeployment[] =>
  "deployments" in from ? from.deployments : [];
