import { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { measurable, tellsKinds } from "./measures.ts";
import type { SystemDefinition } from "./system.ts";
import type { Threshold } from "./thresholds.ts";

const shape = z.discriminatedUnion("source", [
  z.strictObject({ source: z.literal("istio") }),
  z.strictObject({
    source: z.literal("traces"),
    // What either may hold once Datadog has normalised it; anything else would match nothing.
    operation: z.string().regex(/^[a-z][a-z0-9_.]*$/),
    env: z.string().regex(/^[a-z][a-z0-9_./-]*$/),
  }),
]);

/** Measures that what counts the system's requests cannot tell: their alarms would never say a word. */
export const requestMetricsProblems = ({
  requestMetrics,
  thresholds,
  comparisons,
}: SystemDefinition): Problem[] => {
  if (!shape.safeParse(requestMetrics).success) {
    return [
      {
        key: "requestMetrics",
        found: shown(requestMetrics),
        expected: "istioMetrics(), or traceMetrics with operation and env as Datadog writes them",
      },
    ];
  }
  const known = measurable(requestMetrics);
  const measured = [
    ...thresholds.map(({ name, measure }) => ({ key: `thresholds.${name}`, measure })),
    ...(comparisons ?? []).map(({ name, measure }) => ({ key: `comparisons.${name}`, measure })),
  ];
  const canTell = (measure: Threshold["measure"]): boolean =>
    typeof measure === "string"
      ? known.includes(measure)
      : "query" in measure || tellsKinds(requestMetrics);
  return measured.flatMap(({ key, measure }): Problem[] =>
    canTell(measure)
      ? []
      : [
          {
            key,
            found: `on ${wordsFor(measure)}, which metrics of ${requestMetrics.source} cannot tell`,
            expected: `one of ${known.join(", ")}, or a query of its own`,
          },
        ],
  );
};

const wordsFor = (measure: Threshold["measure"]): string =>
  typeof measure === "string"
    ? measure
    : "failuresOf" in measure
      ? "the failures of one call"
      : "the errors of one kind of span";
