import { z } from "zod";
import { name, sentence, span, urlPath, variable } from "./forms.ts";
import { figure, part, share } from "./limits-shape.ts";

const checklists = z.array(
  z.strictObject({
    name,
    title: sentence,
    notOlderThan: span.optional(),
    items: z.array(
      z.strictObject({
        title: sentence,
        owner: sentence,
        how: sentence.optional(),
        expected: sentence.optional(),
        source: sentence,
      }),
    ),
  }),
);

const checkpoints = z.array(
  z.strictObject({
    name,
    title: sentence,
    after: sentence,
    decidedBy: z.array(sentence).min(1, "at least one role"),
    consensusOf: z.array(sentence).optional(),
    within: span.optional(),
    questions: z.array(
      z.strictObject({
        question: sentence,
        good: z.enum(["yes", "no"]),
        otherwise: z.array(z.enum(["go on", "hold", "investigate", "roll back"])),
      }),
    ),
    decisions: z.array(sentence),
    source: sentence,
  }),
);

const readiness = z.strictObject({
  toLeave: sentence,
  atLeast: part,
  components: z
    .array(
      z.strictObject({
        name,
        title: sentence,
        weight: z.number().positive("a number above 0"),
        required: z.literal(true).optional(),
        from: z.union(
          [
            z.strictObject({ checklist: sentence }),
            z.strictObject({ backup: sentence }),
            z.strictObject({ replicas: z.enum(["blue", "green"]) }),
            z.strictObject({
              deployments: z
                .array(z.strictObject({ namespace: name, name }))
                .min(1, "at least one Deployment"),
            }),
            z.strictObject({ alarms: z.literal("quiet") }),
            z.strictObject(figure),
          ],
          "a checklist, a backup, replicas, deployments, alarms, or a query with its limit and its age",
        ),
        source: sentence,
      }),
    )
    .min(1, "at least one component"),
  source: sentence,
});

const backups = z.array(
  z.strictObject({
    of: sentence,
    owner: sentence,
    notOlderThan: span,
    madeIn: sentence.optional(),
    size: z.strictObject({ atLeast: share, atMost: share }).optional(),
    leastMegabytes: z.number().positive("a number above 0").optional(),
    verifiedBy: z.array(sentence),
    source: sentence,
  }),
);

const smokeTests = z.array(
  z.strictObject({
    id: sentence,
    title: sentence,
    expected: sentence,
    method: z.enum(["GET", "POST", "PUT"]),
    path: urlPath,
    body: z.record(z.string(), z.unknown()).optional(),
    says: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    source: sentence,
  }),
);

const testAccount = z.strictObject({
  header: z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, "the name of a header"),
  variable,
});

/** What must be true, and is established by people, files or calls. */
export const checksShape = {
  staged: z
    .strictObject({ reached: sentence, by: sentence, notOlderThan: span, source: sentence })
    .optional(),
  backups,
  checklists,
  checkpoints,
  readiness: readiness.optional(),
  smokeTests,
  testAccount: testAccount.optional(),
};
