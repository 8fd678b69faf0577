import { z } from "zod";
import { shown, type BadInputDetails } from "./bad-input.ts";
import { configAt, rung, stageWith } from "./ladder.ts";
import { schemaOf } from "./posture.ts";
import type { Plan } from "./plan.ts";
import type { Stage } from "./stage.ts";

type Problem = Omit<BadInputDetails, "where">;

const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case words joined by hyphens");
const sentence = z.string().trim().min(1, "a text");
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time as HH:MM");
const span = z.object({ milliseconds: z.number().positive("a duration longer than nothing") });
const share = z.object({ percent: z.number().min(0).max(1_000) });
const open = <S extends z.ZodType>(schema: S): z.ZodType =>
  z.union([schema, z.object({ tbd: sentence, inRehearsal: schema })]);

/** What zod can tell of a plan without knowing its names. */
const shape = z.object({
  name,
  title: sentence,
  ladder: z
    .array(z.object({ name, title: sentence, shift: span.optional() }))
    .min(2, "at least two stages"),
  rollback: z.object({ within: span }),
  thresholds: z.array(
    z.object({
      name,
      limit: z.object({
        below: z.union([
          z.object({ percent: z.number().positive().max(100) }),
          z.object({ milliseconds: z.number().positive() }),
        ]),
      }),
    }),
  ),
  alarms: z.object({
    period: span,
    periods: z.int().min(1),
    minimumRequests: z.int().min(0),
  }),
  backups: z.array(
    z.object({ notOlderThan: span, size: z.object({ atLeast: share, atMost: share }) }),
  ),
  night: z.object({ beginsAt: wallTime, slots: z.array(z.object({ at: wallTime })) }),
  calendar: z.object({
    zone: open(sentence.refine(isZone, "an IANA time zone")),
    windows: z.array(
      z.object({
        opens: wallTime,
        lasts: span,
        weekdays: z.array(z.string()).min(1, "at least one weekday"),
        date: open(z.iso.date("a date as YYYY-MM-DD")).optional(),
      }),
    ),
  }),
  retention: z.object({ oldSideFor: span, immediateRollbackFor: span }),
});

/** Everything that is wrong with a plan and that the compiler cannot see, one entry a problem. */
export const planProblems = (plan: Plan): readonly Problem[] => {
  const parsed = shape.safeParse(plan);
  if (!parsed.success) {
    return parsed.error.issues.map(({ path, message }) => ({
      key: path.join("."),
      found: shown(path.reduce<unknown>(step, plan)),
      expected: message,
    }));
  }
  return [
    ...duplicates(plan),
    ...postureProblems(plan),
    ...wayBackProblems(plan),
    ...referenceProblems(plan),
  ];
};

const duplicates = (plan: Plan): Problem[] =>
  Object.entries({
    ladder: plan.ladder,
    thresholds: plan.thresholds,
    checklists: plan.checklists,
    checkpoints: plan.checkpoints,
    smokeTests: plan.smokeTests.map(({ id }) => ({ name: id })),
  }).flatMap(([key, entries]) =>
    entries
      .filter((entry, index) => entries.findIndex((other) => other.name === entry.name) !== index)
      .map((entry) => ({ key, found: `${shown(entry.name)} twice`, expected: "each name once" })),
  );

const postureProblems = (plan: Plan): Problem[] => {
  const wrong = plan.ladder.flatMap((stage) =>
    Object.entries(stage.set).flatMap(([key, value]): Problem[] => {
      const declared = plan.config[key];
      const at = `ladder.${stage.name}.set.${key}`;
      if (declared === undefined) {
        return [{ key: at, found: "not declared", expected: `one of ${keysOf(plan.config)}` }];
      }
      const { schema, expected } = schemaOf(declared);
      return schema.safeParse(value).success ? [] : [{ key: at, found: shown(value), expected }];
    }),
  );
  if (wrong.length > 0) return wrong;
  return plan.ladder.flatMap((stage): Problem[] => {
    const config = configAt(plan, stage.name);
    const unset = Object.keys(plan.config).filter((key) => config[key] === undefined);
    if (unset.length > 0) {
      return [
        {
          key: `ladder.${stage.name}`,
          found: `without ${unset.join(", ")}`,
          expected: "a value or a default",
        },
      ];
    }
    const first = stageWith(plan, config);
    return first === undefined || first.name === stage.name
      ? []
      : [
          {
            key: `ladder.${stage.name}`,
            found: `the same values as ${first.name}`,
            expected: "values of its own",
          },
        ];
  });
};

const wayBackProblems = (plan: Plan): Problem[] =>
  [
    { key: "rollback", to: plan.rollback.to, below: plan.ladder.length },
    ...plan.ladder.map((stage, index) => ({
      key: `ladder.${stage.name}.rollback`,
      to: landing(stage),
      below: index + 1,
    })),
  ].flatMap(({ key, to, below }) => {
    if (to === undefined) return [];
    const at = rung(plan, to);
    return at >= 0 && at < below
      ? []
      : [
          {
            key: `${key}.to`,
            found: shown(to),
            expected: `a stage at or before it: ${plan.ladder
              .slice(0, below)
              .map(({ name: stage }) => stage)
              .join(", ")}`,
          },
        ];
  });

const landing = ({ rollback }: Stage): string | undefined =>
  rollback !== undefined && "to" in rollback ? rollback.to : undefined;

const referenceProblems = (plan: Plan): Problem[] => {
  const roles = Object.keys(plan.roles);
  const checkpoints = plan.checkpoints.map((checkpoint) => checkpoint.name);
  const checklists = plan.checklists.map((checklist) => checklist.name);
  return plan.ladder.flatMap(({ name: stage, leave }) => [
    ...missing(`ladder.${stage}.leave.checkpoint`, [leave?.checkpoint ?? []].flat(), checkpoints),
    ...missing(`ladder.${stage}.leave.checklists`, leave?.checklists ?? [], checklists),
    ...missing(`ladder.${stage}.leave.signedBy`, leave?.signedBy ?? [], roles),
  ]);
};

const missing = (key: string, named: readonly string[], known: readonly string[]): Problem[] =>
  named
    .filter((one) => !known.includes(one))
    .map((one) => ({ key, found: shown(one), expected: `one of ${known.join(", ")}` }));

const keysOf = (record: Readonly<Record<string, unknown>>): string =>
  Object.keys(record).join(", ");

const step = (value: unknown, key: PropertyKey): unknown =>
  typeof value === "object" && value !== null
    ? (value as Readonly<Record<PropertyKey, unknown>>)[key]
    : undefined;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
