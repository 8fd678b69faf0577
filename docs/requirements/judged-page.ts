import { judges } from "./judges.ts";
import type { PlanRow, PlanRows } from "./plan-rows.ts";
import { cell, line, testsOf } from "./table.ts";
import type { NamedTest } from "./test-titles.ts";

/** The page of plans whose systems are yet to come: each row with the rules that will judge it. */
export const judgedPage = (plans: readonly PlanRows[], tests: readonly NamedTest[]): string =>
  [
    "# Which rule judges what the other plans ask for",
    "",
    "Written by `npm run requirements` from `docs/*-requirements.json` and the titles of the tests; do not edit",
    "it by hand.",
    "",
    "These plans have no system in `stacks/` yet. Of each, every row that is a gate, evidence, retention or",
    "security stands here: with what judges it once a definition names it, or *open*, with the reason. What a",
    "rule takes from people is their signed word; a row that asks for a measured figure counts as judged only",
    "where the rule holds that figure to its limit. Tests run the rules with the figures of these plans.",
    "",
    ...plans.flatMap((plan) => section(plan, tests)),
  ].join("\n");

const section = ({ system, rows }: PlanRows, tests: readonly NamedTest[]): readonly string[] => {
  const all = Object.entries(rows);
  const open = all.filter(([, row]) => row.open !== undefined).length;
  return [
    `## ${system}`,
    "",
    `${all.length} rows, ${all.length - open} judged, ${open} open.`,
    "",
    "| Row | What | Judged by | Tests |",
    "| --- | --- | --- | --- |",
    ...all.map(([id, row]) => {
      const naming = tests.filter(({ ids }) => ids.includes(id));
      return line([id, cell(row.what), judgedBy(row), testsOf(id, naming)]);
    }),
    "",
  ];
};

const judgedBy = ({ judgedBy: names = [], open }: PlanRow): string =>
  open === undefined
    ? names.map((name) => `[${name}](../${judges.get(name) ?? ""})`).join(", ")
    : `*open*: ${cell(open)}`;
