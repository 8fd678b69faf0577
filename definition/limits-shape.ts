import { z } from "zod";
import { name, sentence, span } from "./forms.ts";

/** A share of something, which may be more than the whole. */
export const share = z.strictObject({
  percent: z.number().min(0, "a percentage from 0").max(1_000, "a percentage of at most 1000"),
});

/** A share of a whole, above nothing. */
export const part = z.strictObject({
  percent: z.number().positive("a percentage above 0").max(100, "a percentage of at most 100"),
});

const edge = z.union(
  [
    part,
    span,
    z.strictObject({ count: z.number().positive("a number above 0") }),
    z.strictObject({ perSecond: z.number().positive("a rate above 0") }),
  ],
  "a quantity with its unit, for example percent(1)",
);

const limit = z.union(
  [z.strictObject({ below: edge }), z.strictObject({ atMost: edge })],
  "below or atMost with a quantity, for example below: percent(1)",
);

const query = z.strictObject({ query: sentence });

const evaluation = z.strictObject({
  period: span,
  periods: z.int().min(1, "a whole number of at least 1"),
  minimumRequests: z.int().min(0, "a whole number from 0"),
});

const thresholds = z.array(
  z.strictObject({
    name,
    title: sentence,
    limit,
    // Which measures there are depends on what counts the system's requests.
    measure: z.union(
      [
        sentence,
        query,
        z.strictObject({ failuresOf: z.strictObject({ method: sentence, path: sentence }) }),
        z.strictObject({ errorsOf: sentence }),
      ],
      "the name of a measure, a query, failuresOf or errorsOf",
    ),
    breach: z.enum(["roll back", "investigate"]),
    at: z.array(sentence).optional(),
    evaluation: evaluation.partial().optional(),
    source: sentence,
  }),
);

const comparisons = z.array(
  z.strictObject({
    name,
    title: sentence,
    measure: z.union([sentence, query], "the name of a measure, or a query"),
    worse: z.enum(["higher", "lower"]),
    tolerance: share,
    // With fewer the distribution of the statistic is not near enough to the normal one.
    leastValues: z.int().min(8, "a whole number of at least 8"),
    at: z.array(sentence).optional(),
    source: sentence,
  }),
);

const budgets = z.array(
  z.strictObject({
    name,
    title: sentence,
    of: z.enum(["whole cutover", "downtime", "write freeze", "validation"]),
    limit,
    passed: z.enum(["roll back", "refuse", "report"]),
    source: sentence,
  }),
);

/** A figure with what it is held against. */
export const figure = {
  query: z.union(
    [sentence, z.looseObject({ source: z.enum(["prometheus", "cloudwatch", "postgres"]) })],
    "a query as a text, promQl, cloudWatch or postgres",
  ),
  limit,
  notOlderThan: span,
};

const dataChecks = z.array(z.strictObject({ name, title: sentence, source: sentence, ...figure }));

/** What a plan limits: thresholds, comparisons, figures and budgets. */
export const limitsShape = {
  thresholds,
  comparisons: comparisons.optional(),
  alarms: evaluation,
  budgets: budgets.optional(),
  dataChecks: dataChecks.optional(),
};
