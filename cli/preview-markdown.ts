import { inWords } from "../definition/units.ts";
import { nothingYet } from "../definition/ledger.ts";
import { cell, code, table, text } from "./markdown.ts";
import type {
  PreviewAnswer,
  PreviewedChange,
  PreviewedViolation,
  SystemAnswer,
} from "./preview-answer.ts";

/** Marks the comment of a stack, so that the next one replaces it. */
export const commentMark = (stack: string): string =>
  `<!-- cutover preview ${stack.replaceAll(/[^\w.-]/g, "-")} -->`;

/** A preview as a comment on a pull request: what moves, what each gate says, and the way back. */
export const previewMarkdown = (found: PreviewAnswer): string =>
  [
    commentMark(found.stack),
    `## ${headline(found)}`,
    ...found.systems.map((system) => systemSection(system, found)),
    ...othersSection(found.others),
    ...violationsSection(found.violations),
    ...errorsSection(found),
    found.planHash === null ? "" : `Plan hash ${code(found.planHash)}: approvals bind to it.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");

const headline = ({ stack, succeeded, refused, systems }: PreviewAnswer): string => {
  const moving = systems.filter(({ direction }) => direction !== "stay");
  const what =
    moving.length === 0
      ? "no traffic moves"
      : moving.map(({ system, from, to }) => `${system} ${stageName(from)} → ${to}`).join(", ");
  const verdict = succeeded ? "may go" : refused ? "refused" : "the preview failed";
  return text(`${stack}: ${what}: ${verdict}`);
};

const stageName = (stage: string): string => (stage === nothingYet ? "nothing" : stage);

const systemSection = (
  system: SystemAnswer,
  { stack, violations, errors }: Pick<PreviewAnswer, "stack" | "violations" | "errors">,
): string => {
  const { title, direction, weights, changes, maintenance } = system;
  const { before, after } = weights;
  const moves =
    direction === "stay"
      ? [`No traffic moves: it stays at **${text(system.to)}** (green ${after.green} %).`]
      : [
          `**${text(stageName(system.from))} → ${text(system.to)}** (${direction}), definition ${code(system.definition.slice(0, 12))}.`,
          table(
            ["Side", "Now", "Then"],
            [
              ["blue", `${before.blue} %`, `${after.blue} %`],
              ["green", `${before.green} %`, `${after.green} %`],
            ],
          ),
          changesTable(changes),
          gatesTable(system, violations, errors),
          backLine(system, stack),
        ];
  const parts = [
    ...(maintenance === null ? [] : [pageLine[maintenance]]),
    ...moves,
    ...(direction === "stay" ? [changesTable(changes)] : []),
  ];
  return [`### ${text(title)}`, ...parts.filter((part) => part !== "")].join("\n\n");
};

const pageLine = {
  begins:
    "**Maintenance begins: users get a page instead of answers** until it is turned off, or its time is over.",
  ends: "**Maintenance ends: users are answered again.**",
} as const;

const changesTable = (changes: readonly PreviewedChange[]): string =>
  changes.length === 0
    ? ""
    : table(
        ["", "Resource", "Type", "Changes"],
        changes.map(({ operation, urn, type, keys }) => [
          operation,
          code(urn.split("::").at(-1) ?? urn),
          code(type.split(":").at(-1) ?? type),
          keys.map(code).join(" "),
        ]),
      );

const gatesTable = (
  { judgement }: SystemAnswer,
  violations: readonly PreviewedViolation[],
  errors: readonly string[],
): string => {
  if (judgement === null) {
    if (violations.length > 0) return "";
    return errors.length === 0
      ? "Gates: the pack let it through."
      : "Gates: no verdict, as the preview failed; see the errors.";
  }
  const asked = judgement.gates.filter(({ outcome }) => outcome !== "not-applicable");
  const rows = asked.map(({ policy, outcome, message, nextPossibleAt }) => [
    outcome === "passed" ? "✅ passed" : "❌ refused",
    code(policy),
    cell(message),
    nextPossibleAt ?? "",
  ]);
  const next =
    judgement.allowed || judgement.nextPossibleAt === null
      ? ""
      : `\n\nNext possible at **${judgement.nextPossibleAt}**, if nothing else changes.`;
  return `${table(["Verdict", "Gate", "Why", "Next possible"], rows)}${next}`;
};

const backLine = ({ system, back }: SystemAnswer, stack: string): string =>
  "to" in back
    ? `Way back: to **${text(back.to)}** within ${inWords({ milliseconds: back.withinMilliseconds })}, by one command: ${code(`cutover rollback ${system} --stack ${stack}`)}.`
    : `**No way back from there**: ${text(back.refused)} ${text(back.wayForward)}`;

const othersSection = (others: readonly PreviewedChange[]): readonly string[] =>
  others.length === 0 ? [] : [`### Outside of every system\n\n${changesTable(others)}`];

const violationsSection = (violations: readonly PreviewedViolation[]): readonly string[] =>
  violations.length === 0
    ? []
    : [
        `### What the policy packs say\n\n${table(
          ["", "Pack", "Policy", "Says"],
          violations.map(({ level, by, policy, message }) => [
            level === "mandatory" ? "❌" : "⚠️",
            by === "head" ? "this change's" : "the base branch's",
            code(policy),
            cell(message),
          ]),
        )}`,
      ];

const errorsSection = ({ errors, refused }: PreviewAnswer): readonly string[] =>
  errors.length === 0 || refused
    ? []
    : [`### Errors\n\n${errors.map((error) => `- ${cell(error)}`).join("\n")}`];
