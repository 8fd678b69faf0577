import { z } from "zod";
import type { Problem } from "./bad-input.ts";
import { statistics } from "./figure.ts";
import { figuresOf } from "./figures-of.ts";
import { readingStatement, sentence } from "./forms.ts";
import type { Plan } from "./plan.ts";
import { shapeProblems } from "./shape-problems.ts";

const shapes = {
  prometheus: z.strictObject({ source: z.literal("prometheus"), expression: sentence }),
  cloudwatch: z.strictObject({
    source: z.literal("cloudwatch"),
    // It becomes part of the host that is asked.
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region, for example eu-central-1"),
    namespace: sentence,
    metric: sentence,
    dimensions: z.record(sentence, sentence),
    statistic: z.enum(statistics),
  }),
  postgres: z.strictObject({
    source: z.literal("postgres"),
    store: sentence,
    sql: readingStatement,
  }),
};

/** Figures that no source could answer. */
export const figureProblems = (plan: Plan): readonly Problem[] =>
  figuresOf(plan).flatMap(({ key, query }) =>
    typeof query === "string" ? [] : shapeProblems(shapes[query.source], query, key),
  );
