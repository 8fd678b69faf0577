import type { Readiness, ReadinessComponent } from "../../../definition/readiness.ts";
import { componentScore, type ComponentFinding, type ReadinessNight } from "./component-score.ts";

/** A component with what was found of it. */
export type ScoredComponent = Omit<ReadinessComponent, "from"> &
  ComponentFinding & {
    readonly from: ReadinessComponent["from"];
    /** Its part of all weights, 0 to 100. */
    readonly percentOfAll: number;
  };

/** How ready a system is. */
export interface ReadinessScore {
  /** 0 to 100. */
  readonly score: number;
  readonly atLeast: number;
  /** Whether the score suffices and nothing that is required is missing. */
  readonly ready: boolean;
  readonly components: readonly ScoredComponent[];
}

/** The weighted mean of all components. */
export const readinessScore = (readiness: Readiness, night: ReadinessNight): ReadinessScore => {
  const all = readiness.components.reduce((sum, { weight }) => sum + weight, 0);
  const components = readiness.components.map((component) => ({
    ...component,
    ...componentScore(component, night),
    percentOfAll: (100 * component.weight) / all,
  }));
  const reached = components.reduce((sum, { weight, score }) => sum + weight * score, 0) / all;
  // Rounding errors must not decide at the edge.
  const score = Math.round(reached * 1e9) / 1e9;
  const { percent: atLeast } = readiness.atLeast;
  return {
    score,
    atLeast,
    ready: score >= atLeast && components.every((one) => one.required !== true || isWhole(one)),
    components,
  };
};

/** Whether nothing of a component is missing. */
export const isWhole = ({ score }: Pick<ComponentFinding, "score">): boolean => score >= 100;

/** A score to one decimal, never rounded up: what falls short must not look as if it sufficed. */
export const scoreInWords = (score: number): string => `${Math.floor(score * 10) / 10} %`;
