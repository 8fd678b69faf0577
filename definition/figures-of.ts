import type { FigureQuery } from "./figure.ts";
import type { Plan } from "./plan.ts";

/** Every figure of a plan, with where it stands. */
export const figuresOf = (
  plan: Pick<Plan, "dataChecks" | "readiness">,
): readonly { readonly key: string; readonly query: FigureQuery }[] => [
  ...(plan.dataChecks ?? []).map(({ name, query }) => ({ key: `dataChecks.${name}.query`, query })),
  ...(plan.readiness?.components ?? []).flatMap(({ name, from }) =>
    "query" in from ? [{ key: `readiness.components.${name}.from.query`, query: from.query }] : [],
  ),
];
