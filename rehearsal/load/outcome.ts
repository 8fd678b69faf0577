import type { Side } from "../world/behaviour.ts";

/** What a request came to: every one that was sent has exactly one of these in the end. */
export type Outcome = "ok" | "failed" | "lost" | "maintenance";

/** An answer as a client sees it. */
export interface ClientAnswer {
  readonly status: number;
  /** Value of the header `x-served-by`. */
  readonly servedBy: string | undefined;
  /** Value of the header `x-maintenance`. */
  readonly maintenance: string | undefined;
}

/** The side that answered; undefined when the answer names none. */
export const sideOf = ({ servedBy }: ClientAnswer): Side | undefined =>
  servedBy === "blue" || servedBy === "green" ? servedBy : undefined;

/** What an answer counts as. One that neither side gave is no good answer, whatever its status. */
export const outcomeOf = (answer: ClientAnswer): Outcome => {
  if (answer.status === 503 && answer.maintenance === "true") return "maintenance";
  return answer.status < 500 && sideOf(answer) !== undefined ? "ok" : "failed";
};
