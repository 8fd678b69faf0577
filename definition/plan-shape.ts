import { z } from "zod";
import { calendarShape } from "./calendar-shape.ts";
import { sentence, span, wallTime } from "./forms.ts";
import { messageFields, unknownFields } from "./message.ts";
import { slotTime } from "./timeline.ts";

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case words joined by hyphens");
const named = z.array(z.object({ name }));
const entries = z.array(z.looseObject({}));
const key = z.object({ meaning: sentence, form: sentence });
const share = z.object({
  percent: z.number().min(0, "a percentage from 0").max(1_000, "a percentage of at most 1000"),
});
const edge = z.union(
  [
    z.object({
      percent: z.number().positive("a percentage above 0").max(100, "a percentage of at most 100"),
    }),
    span,
    z.object({ count: z.number().positive("a number above 0") }),
    z.object({ perSecond: z.number().positive("a rate above 0") }),
  ],
  "a quantity with its unit, for example percent(1)",
);
const limit = z.union(
  [z.object({ below: edge }), z.object({ atMost: edge })],
  "below or atMost with a quantity, for example below: percent(1)",
);
const wayBack = z.object({
  within: span,
  steps: z.array(z.object({ title: sentence, lasts: span })).optional(),
});

const message = z.object({
  kind: name,
  says: z
    .array(
      sentence.refine(
        (line) => unknownFields(line).length === 0,
        `a line whose words in braces are among ${Object.keys(messageFields).join(", ")}`,
      ),
    )
    .min(1, "at least one line"),
});

const figure = {
  query: z.union(
    [sentence, z.looseObject({ source: z.enum(["prometheus", "cloudwatch", "postgres"]) })],
    "a query as a text, promQl, cloudWatch or postgres",
  ),
  limit,
  notOlderThan: span,
};

const readiness = z.object({
  toLeave: sentence,
  atLeast: z.object({
    percent: z.number().positive("a percentage above 0").max(100, "a percentage of at most 100"),
  }),
  components: z
    .array(
      z.object({
        name,
        title: sentence,
        weight: z.number().positive("a number above 0"),
        from: z.union(
          [
            z.strictObject({ checklist: sentence }),
            z.strictObject({ backup: sentence }),
            z.strictObject({ replicas: z.enum(["blue", "green"]) }),
            z.strictObject({ alarms: z.literal("quiet") }),
            z.strictObject(figure),
          ],
          "a checklist, a backup, replicas, alarms, or a query with its limit and its age",
        ),
      }),
    )
    .min(1, "at least one component"),
});

/** What can be told of a settled plan without knowing its names; its own words say what is expected. */
export const planShape = z.object({
  name,
  title: sentence,
  document: z.object({ id: sentence, version: sentence, date: sentence }),
  roles: z.record(z.string(), z.object({ title: sentence, decides: sentence })),
  contacts: entries,
  warRoom: z.object({
    chat: sentence,
    incidents: sentence,
    pager: z
      .string()
      .regex(/^[\w-]+$/, "a service's name in letters, digits, _ and -")
      .optional(),
  }),
  config: z.record(z.string(), key),
  options: z.record(z.string(), key).optional(),
  ladder: z
    .array(
      z.object({
        name,
        title: sentence,
        set: z.record(z.string(), z.unknown()),
        shift: span.optional(),
        anyTime: sentence.optional(),
        timeLeft: span.optional(),
        passages: z.array(z.object({ name, within: span })).optional(),
        rollback: z
          .union([wayBack, z.object({ refused: sentence, wayForward: sentence })])
          .optional(),
        leave: z
          .object({
            soak: span.optional(),
            greenRequests: z.int().min(1, "a whole number of at least 1").optional(),
            rehearsed: z.object({ notOlderThan: span }).optional(),
          })
          .optional(),
      }),
    )
    .min(2, "at least two stages"),
  rollback: wayBack.extend({ authority: z.object({ by: z.array(sentence) }) }),
  thresholds: z.array(z.object({ name, limit })),
  comparisons: z
    .array(
      z.object({
        name,
        title: sentence,
        worse: z.enum(["higher", "lower"]),
        tolerance: share,
        // With fewer the distribution of the statistic is not near enough to the normal one.
        leastValues: z.int().min(8, "a whole number of at least 8"),
      }),
    )
    .optional(),
  alarms: z.object({
    period: span,
    periods: z.int().min(1, "a whole number of at least 1"),
    minimumRequests: z.int().min(0, "a whole number from 0"),
  }),
  budgets: z.array(z.object({ name, limit })).optional(),
  backups: z.array(
    z.object({
      notOlderThan: span,
      size: z.object({ atLeast: share, atMost: share }).optional(),
      leastMegabytes: z.number().positive("a number above 0").optional(),
    }),
  ),
  staged: z.object({ reached: sentence, by: sentence, notOlderThan: span }).optional(),
  preparation: entries,
  checklists: named,
  checkpoints: named,
  readiness: readiness.optional(),
  dataChecks: z.array(z.object({ name, title: sentence, source: sentence, ...figure })).optional(),
  smokeTests: entries,
  testAccount: z
    .object({
      header: z.string().regex(/^[A-Za-z][A-Za-z0-9-]*$/, "the name of a header"),
      variable: z.string().regex(/^[A-Z][A-Z0-9_]*$/, "the name of an environment variable"),
    })
    .optional(),
  communications: z.array(z.looseObject({ message: message.optional() })),
  followUps: entries,
  success: entries,
  done: entries,
  night: z.object({
    beginsAt: wallTime,
    slots: z.array(
      z.object({ at: z.string().regex(slotTime, "a time as HH:MM, T+H:MM or T-H:MM") }),
    ),
  }),
  calendar: calendarShape,
  retention: z.object({ oldSideFor: span, immediateRollbackFor: span }),
});
