import type {
  DowntimeResult,
  FreezeResult,
  RehearsalRecord,
  ViolationResult,
} from "../rehearsal/rehearsal-record.ts";
import type { DataAccount } from "../rehearsal/world/data/data-account.ts";
import type { MessageTotals } from "../rehearsal/world/monitoring/notification-sink.ts";
import { count, span } from "../rehearsal/report/figures.ts";
import { oneLine } from "./one-line.ts";
import { outcomeSentence } from "./outcome-sentence.ts";
import { rollbackSummary } from "./rollback-summary.ts";
import { stagesTable } from "./stages-table.ts";
import { hanging } from "./wrapped.ts";

/** How the rehearsal was asked for, as far as it is said how to repeat it. */
export interface SummaryContext {
  /** File that the report is written to. */
  readonly report: string | undefined;
  /** `NAME@STAGE` each, also those whose stage was never reached. */
  readonly faults: readonly string[];
}

/** The end of a rehearsal for people, within 80 columns; refusals are shown whole. */
export const rehearsalSummary = (record: RehearsalRecord, context: SummaryContext): string =>
  [
    hanging("", outcomeSentence(record)),
    ...(record.stages.length === 0 ? [] : [stagesTable(record)]),
    requestsInText(record),
    ...(record.data === null ? [] : [dataInText(record.data)]),
    ...(record.freeze === null ? [] : [freezeInText(record.freeze)]),
    ...(record.downtime.milliseconds === 0 ? [] : [downtimeInText(record.downtime)]),
    ...(record.messages.undelivered === 0 ? [] : [messagesInText(record.messages)]),
    ...(record.rollback === null ? [] : [rollbackSummary(record.rollback)]),
    ...record.violations.map(refusalInText),
    expectationInText(record, context),
    whereabouts(record, context),
  ].join("\n\n");

const requestsInText = ({ requests }: RehearsalRecord): string => {
  const { sent, ok, failed, lost, maintenance } = requests;
  return hanging(
    "Requests   ",
    `${count(sent)} sent = ${count(ok)} ok + ${count(failed)} failed + ${count(lost)} lost + ${count(maintenance)} maintenance`,
  );
};

const dataInText = ({
  acknowledged,
  missing,
  doubled,
  differing,
  reconciled,
}: DataAccount): string => {
  const found =
    reconciled === 0 ? "" : `; ${count(reconciled)} were never captured, and found by comparing`;
  return hanging(
    "Data       ",
    `${count(acknowledged)} writes acknowledged, ${count(missing)} missing, ${count(doubled)} doubled; ${count(differing)} rows differ between the stores${found}`,
  );
};

const freezeInText = ({ milliseconds, budgetMilliseconds }: FreezeResult): string =>
  hanging(
    "Freeze     ",
    `writes were frozen for ${span(milliseconds)} of ${span(budgetMilliseconds)} allowed`,
  );

const downtimeInText = ({ milliseconds, budgetMilliseconds }: DowntimeResult): string => {
  const allowed = budgetMilliseconds === null ? "" : ` of ${span(budgetMilliseconds)} allowed`;
  return hanging("Downtime   ", `nobody was answered well for ${span(milliseconds)}${allowed}`);
};

const messagesInText = ({ delivered, undelivered }: MessageTotals): string =>
  hanging(
    "Messages   ",
    `${count(delivered)} delivered to people, ${count(undelivered)} not: their channels refused them`,
  );

const refusalInText = ({ policy, message }: ViolationResult): string =>
  [
    `Refused    by ${policy}`,
    ...message
      .split("\n")
      .map((line) => oneLine(line))
      .filter((line) => line !== "")
      .map((line) => hanging("           ", line)),
  ].join("\n");

const expectationInText = (
  { expectation }: RehearsalRecord,
  { faults }: SummaryContext,
): string => {
  const { met, outcome, differences } = expectation;
  const cause = faults.length === 0 ? "without a fault" : `with ${faults.join(", ")}`;
  const verdict = met ? "and it did" : "and it did NOT:";
  return [
    hanging(
      "Expected   ",
      `${cause} it must end ${outcome.replace("-", " ")}, ${verdict}${met ? "." : ""}`,
    ),
    ...differences.map((difference) => hanging("           - ", oneLine(difference))),
  ].join("\n");
};

const whereabouts = (record: RehearsalRecord, { report, faults }: SummaryContext): string => {
  const { system, seed, speed, engine, beganAt, endedAt, wallMilliseconds } = record;
  const repeat = [
    `npm run rehearse -- ${system}`,
    ...faults.map((fault) => `--fault ${fault}`),
    ...(engine === "embedded" ? [] : [`--engine ${engine}`]),
    // Also when it is the default, which may be another one some day.
    `--speed ${speed} --seed ${seed}`,
  ];
  return [
    `Time       ${span(endedAt - beganAt)} of cutover in ${span(wallMilliseconds)}`,
    // Neither is wrapped: both are there to be copied.
    `Report     ${report ?? "none; --report FILE writes one"}`,
    `Repeat     with\n  ${repeat.join(" ")}`,
  ].join("\n");
};
