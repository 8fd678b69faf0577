import type { SystemDefinition } from "../../definition/system.ts";
import { inWords } from "../../definition/units.ts";
import { toTheSecond } from "../to-the-second.ts";
import type { CutoverReport, ReportedMove } from "../../operator/report.ts";
import type { Signed } from "../../policies/evidence/evidence.ts";
import { code, text } from "../markdown.ts";
import { maintenanceTaken } from "../maintenance-taken.ts";
import { chapter, list, rows, seat } from "../runbook/words.ts";

type Reported = Pick<
  SystemDefinition,
  "title" | "document" | "roles" | "success" | "done" | "followUps" | "maintenance"
>;

/** What happened in a cutover, as one page of Markdown. */
export const reportMarkdown = (
  definition: Reported,
  stack: string,
  { moves, damage, maintenance, words }: CutoverReport,
): string => {
  const { title, document, success, done, followUps } = definition;
  const last = moves.at(-1)?.entry;
  const back = moves.filter(({ direction }) => direction === "back").length;
  return [
    `# Report: ${text(title)}`,
    `${text(document.id)} ${text(document.version)}, stack ${code(stack)}. ${text(document.classification)}.`,
    list([
      last === undefined ? "No move yet" : `Stage in force: ${code(last.to)}, since ${at(last.at)}`,
      `Rollbacks: ${back}`,
      damage === undefined ? "The history is whole" : `**The history is damaged: ${text(damage)}**`,
      ...(definition.maintenance === undefined || maintenance === undefined
        ? []
        : [
            maintenance.known
              ? `Maintenance: ${maintenanceTaken(maintenance.value.lasted, definition.maintenance.within.milliseconds)}${maintenance.value.on === null ? "" : ", **and it is on**"}`
              : `Nobody knows how long maintenance was: ${text(maintenance.reason)}`,
          ]),
      ...(last === undefined ? [] : [`Head of the history: ${code(last.hash)}`]),
    ]),
    ...chapter(
      "Moves",
      rows(
        [
          "#",
          "At",
          "Move",
          "Stood before",
          "Soak asked for",
          "Gates",
          "Says it was run by",
          "Plan",
        ],
        moves.map(moveRow),
      ),
    ),
    ...chapter(
      "What people decided and confirmed",
      words.known
        ? rows(
            ["At", "Who", "As", "What", "File"],
            words.value.map((signed) => wordRow(definition, signed)),
          )
        : `Nobody could read it: ${text(words.reason)}`,
    ),
    ...chapter(
      "To be confirmed by people",
      rows(
        ["What", "Measured by"],
        [...success, ...done].map((criterion) => [
          text(criterion.title),
          text(criterion.measuredBy),
        ]),
      ),
    ),
    ...chapter(
      "Still to do",
      rows(
        ["What", "Who", "Due"],
        followUps.map((followUp) => [
          text(followUp.title),
          seat(definition, followUp.owner),
          typeof followUp.due === "string"
            ? followUp.due
            : `within ${inWords(followUp.due.within)} of go-live`,
        ]),
      ),
    ),
    "",
  ].join("\n\n");
};

/** An instant to the second. */
const at = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`;

const moveRow = ({
  entry,
  direction,
  stayedMilliseconds,
  soakMilliseconds,
  gates,
}: ReportedMove): readonly string[] => [
  String(entry.sequence),
  at(entry.at),
  `${code(entry.from)} → ${code(entry.to)}${direction === "back" ? ", **rolled back**" : ""}`,
  stayedMilliseconds === null ? "" : toTheSecond(stayedMilliseconds),
  direction === "forward" && soakMilliseconds !== null
    ? inWords({ milliseconds: soakMilliseconds })
    : "",
  gates === null ? "not kept" : gatesInWords(gates),
  entry.operator === undefined ? "not kept" : text(entry.operator.name || "nobody"),
  planInWords(entry.plan),
];

const gatesInWords = (gates: NonNullable<ReportedMove["gates"]>): string =>
  gates.refused === 0
    ? `${gates.passed} passed`
    : `${gates.passed} passed, **${gates.refused} refused**`;

const planInWords = (plan: string | undefined): string =>
  plan === undefined ? "not kept" : plan === "" ? "none" : code(plan.slice(0, 12));

const wordRow = (definition: Reported, { statement, person, file }: Signed): readonly string[] => [
  at(statement.at),
  text(person),
  seat(definition, statement.role),
  wordOf(statement),
  code(file),
];

/** What a statement says, in one cell. */
const wordOf = (statement: Signed["statement"]): string => {
  switch (statement.statement) {
    case "approval":
      return `Approved ${code(statement.move.from)} → ${code(statement.move.to)}`;
    case "checkpoint": {
      const answers = statement.answers.map(({ question, answer }) => `${question} ${answer}`);
      return `${code(statement.checkpoint)}: ${text(answers.join("; "))}`;
    }
    case "checklist":
      return `${code(statement.checklist)}: ${text(statement.done.join("; "))}`;
    case "backup":
      return `Backup of ${text(statement.of)}, read back ${at(statement.restoredAt)}`;
    case "rehearsal":
      return `Rehearsal, ${statement.completed ? "completed" : "NOT completed"}, ${statement.rollbacks.length} rollbacks`;
    case "notice":
      return `${text(statement.message ?? "Date")} announced ${at(statement.sentAt)}`;
    case "window-unused":
      return `Window not used: ${text(statement.window)}, as ${text(statement.reason)}`;
    case "staging":
      return `Staging (${code(statement.of)}) reached ${code(statement.reached)} ${at(statement.reachedAt)}`;
    case "rollback":
      return `Ordered the way back ${code(statement.move.from)} → ${code(statement.move.to)}`;
    case "break-glass":
      return `**Broke the glass** for ${code(statement.move.from)} → ${code(statement.move.to)}: ${text(statement.reason)}`;
    case "glass-review":
      return `Reviewed the broken glass of move ${statement.entry.sequence}`;
  }
};
