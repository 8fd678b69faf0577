import type { Operations, RehearsalRecord, StageResult } from "../rehearsal/rehearsal-record.ts";
import { count, percent, span } from "../rehearsal/report/figures.ts";
import { oneLine } from "./one-line.ts";
import { textTable, type Column } from "./text-table.ts";
import { hanging } from "./wrapped.ts";

const heads: readonly Column[] = [
  { title: "Stage", align: "left" },
  { title: "Set", align: "right" },
  { title: "Seen (99.9 % interval)", align: "left" },
  { title: "Requests", align: "right" },
  { title: "Failed", align: "right" },
  { title: "p95", align: "right" },
  { title: "Update", align: "right" },
];

/** Resources that are named; more of them are only counted. */
const namedResources = 4;
/** What is left of 80 columns beside the figures. */
const stageWidth = 14;

/** The stages that traffic reached: a line of figures each, and below it what its update changed. */
export const stagesTable = (record: RehearsalRecord): string => {
  const [head = "", ...rows] = textTable(
    heads,
    record.stages.map((stage) => stageRow(stage, record)),
  );
  const changes = record.stages.map((stage) => hanging("  ", changesInText(stage)));
  return [head, ...rows.flatMap((row, index) => [row, changes[index] ?? ""])].join("\n");
};

const stageRow = (
  { stage, milliseconds, observed }: StageResult,
  { shares }: RehearsalRecord,
): readonly string[] => {
  // A stage that was rolled back to is read a second time, later.
  const reading = shares.find((share) => share.stage === stage);
  const bound = (part: number): string => (100 * part).toFixed(1);
  return [
    oneLine(stage, stageWidth),
    reading === undefined ? "–" : `${Math.round(100 * reading.set)} %`,
    reading === undefined
      ? "–"
      : `${percent(reading.seen)} (${bound(reading.low)}–${bound(reading.high)})`,
    count(observed.requests),
    count(observed.failed),
    span(observed.p95Milliseconds),
    span(milliseconds),
  ];
};

const words: readonly (readonly [keyof Operations, string])[] = [
  ["create", "created"],
  ["update", "updated"],
  ["replace", "replaced"],
  ["delete", "deleted"],
];

const changesInText = ({ operations, changed }: StageResult): string => {
  const counts = words
    .filter(([operation]) => operations[operation] > 0)
    .map(([operation, word]) => `${operations[operation]} ${word}`);
  const named = changed.length > 0 && changed.length <= namedResources;
  const parts = [
    ...(counts.length === 0
      ? []
      : [`${counts.join(", ")}${named ? `: ${changed.map(resource).join(", ")}` : ""}`]),
    ...(operations.same === 0 ? [] : [`${operations.same} unchanged`]),
  ];
  return parts.join("; ") || "nothing to do";
};

/** Kind and name of a resource: the last words of its URN's type and of the URN. */
const resource = (urn: string): string => {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.split(/[$:/]/).at(-1) ?? ""} ${name.join("::")}`;
};
