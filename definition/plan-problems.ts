import type { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { calendarProblems } from "./calendar-problems.ts";
import { comparisonProblems } from "./comparison-problems.ts";
import { contactsNamespace } from "./contacts-config.ts";
import { figureProblems } from "./figure-problems.ts";
import { configAt, stageWith } from "./ladder.ts";
import { maintenanceProblems } from "./maintenance-problems.ts";
import { planShape } from "./plan-shape.ts";
import { schemaOf } from "./posture.ts";
import { readinessProblems } from "./readiness-problems.ts";
import { referenceProblems } from "./reference-problems.ts";
import type { Plan } from "./plan.ts";
import { wayBackProblems } from "./way-back-problems.ts";
import { shapeProblems } from "./shape-problems.ts";
import { openKeys, settle, type Settled } from "./tbd.ts";

/**
 * Everything that is wrong with a plan and that the compiler cannot see, one entry a problem.
 * @param shape of the plan, or of the system that it is a part of.
 */
export const planProblems = (plan: Plan, shape: z.ZodType = planShape): readonly Problem[] => {
  const settled: Settled<Plan> = settle(plan, { rehearsal: true, file: "" });
  const misshapen = shapeProblems(shape, settled);
  if (misshapen.length > 0) return misshapen;
  const withoutPosture = postureProblems(plan);
  // What else is looked for asks what holds at a stage.
  if (withoutPosture.length > 0) return withoutPosture;
  return [
    ...unexplained(plan),
    ...duplicates(plan),
    ...optionProblems(plan),
    ...defaultProblems(plan),
    ...maintenanceProblems(plan),
    ...wayBackProblems(plan),
    ...referenceProblems(plan),
    ...contactProblems(plan),
    ...readinessProblems(plan),
    ...figureProblems(plan),
    ...comparisonProblems(plan),
    ...calendarProblems(settled.calendar),
    ...scheduleProblems(plan),
  ];
};

const unexplained = (plan: Plan): Problem[] =>
  openKeys(plan)
    .filter(({ wanted }) => typeof wanted !== "string" || wanted.trim() === "")
    .map(({ path }) => ({
      key: path,
      found: "left open without a word",
      expected: "tbd with what is wanted, as a text",
    }));

const duplicates = (plan: Plan): Problem[] =>
  Object.entries({
    ladder: plan.ladder,
    thresholds: plan.thresholds,
    comparisons: plan.comparisons ?? [],
    budgets: plan.budgets ?? [],
    dataChecks: plan.dataChecks ?? [],
    checklists: plan.checklists,
    checkpoints: plan.checkpoints,
    "readiness.components": plan.readiness?.components ?? [],
    communications: plan.communications.flatMap(({ message }) =>
      message === undefined ? [] : [{ name: message.kind }],
    ),
    "communications.title": plan.communications.flatMap(({ title, atLeastBefore }) =>
      atLeastBefore === undefined ? [] : [{ name: title }],
    ),
    smokeTests: plan.smokeTests.map(({ id }) => ({ name: id })),
  }).flatMap(([key, entries]) =>
    entries
      .filter((entry, index) => entries.findIndex((other) => other.name === entry.name) !== index)
      .map((entry) => ({
        key,
        found: `given ${shown(entry.name)} twice`,
        expected: "each name once",
      })),
  );

const optionProblems = (plan: Plan): Problem[] =>
  Object.entries(plan.options ?? {}).flatMap(([key, { default: value }]): Problem[] => [
    ...(Object.hasOwn(plan.config, key)
      ? [{ key: `options.${key}`, found: "a key of the ladder too", expected: "a key of its own" }]
      : []),
    ...(value === undefined
      ? [{ key: `options.${key}`, found: "without a default", expected: "a default" }]
      : []),
  ]);

/** A default that the key itself could not be set to. */
const defaultProblems = (plan: Plan): Problem[] =>
  (["config", "options"] as const).flatMap((part) =>
    Object.entries(plan[part] ?? {}).flatMap(([key, declared]): Problem[] => {
      if (declared.default === undefined) return [];
      const { schema, expected } = schemaOf(declared);
      return schema.safeParse(declared.default).success
        ? []
        : [{ key: `${part}.${key}.default`, found: shown(declared.default), expected }];
    }),
  );

const postureProblems = (plan: Plan): Problem[] => {
  const wrong = plan.ladder.flatMap((stage) =>
    Object.entries(stage.set).flatMap(([key, value]): Problem[] => {
      const declared = Object.hasOwn(plan.config, key) ? plan.config[key] : undefined;
      const at = `ladder.${stage.name}.set.${key}`;
      if (declared === undefined) {
        return [{ key: at, found: "no key of config", expected: `one of ${keysOf(plan.config)}` }];
      }
      if (declared.form === "words") {
        return [{ key: at, found: "a list", expected: "a key of the form that makes stages" }];
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
            found: `given the same values as ${first.name}`,
            expected: "values of its own",
          },
        ];
  });
};

/** Where their numbers are, config would otherwise take for a system. */
const contactProblems = ({ name, contacts }: Plan): Problem[] =>
  contacts
    .filter(({ secret }) => !secret.startsWith(`${contactsNamespace(name)}:`))
    .map(({ role, secret }) => ({
      key: `contacts.${role}.secret`,
      found: shown(secret),
      expected: `a config key ${contactsNamespace(name)}:NAME`,
    }));

const scheduleProblems = ({ ladder }: Plan): Problem[] => {
  const planned = ladder.flatMap(({ name: stage, begins }) =>
    begins === undefined ? [] : [{ stage, begins }],
  );
  return planned.flatMap(({ stage, begins }, index): Problem[] => {
    const before = planned[index - 1];
    return before === undefined || before.begins.milliseconds <= begins.milliseconds
      ? []
      : [
          {
            key: `ladder.${stage}.begins`,
            found: `earlier than ${before.stage}`,
            expected: "a time at or after that of the stage before",
          },
        ];
  });
};

const keysOf = (record: Readonly<Record<string, unknown>>): string =>
  Object.keys(record).join(", ");
