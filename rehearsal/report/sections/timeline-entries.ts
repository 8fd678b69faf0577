import type { RehearsalRecord, TimelineEntry } from "../../rehearsal-record.ts";
import { span } from "../figures.ts";
import { instant } from "../instant.ts";
import { html, type Markup } from "../markup.ts";
import { numberedEvents } from "../numbered-events.ts";
import { table } from "../table.ts";

const kindWords: Readonly<Record<TimelineEntry["kind"], string>> = {
  update: "Update",
  soak: "Soak",
  stage: "Stage",
  fault: "Fault injected",
  alarm: "Alarm",
  refusal: "Refused",
  rollback: "Rollback",
  note: "Note",
};

/** Everything that happened, as a table. */
export const timelineEntries = (record: RehearsalRecord): Markup => {
  const numbers = new Map(numberedEvents(record).map(({ entry, number }) => [entry, number]));
  return table(
    "Everything that happened, in order",
    [
      { heading: "Time" },
      { heading: "No.", figures: true },
      { heading: "Kind" },
      { heading: "What happened" },
      { heading: "Lasted", figures: true },
    ],
    [...record.timeline]
      .sort((one, other) => one.at - other.at)
      .map((entry) => ({
        tone: `kind-${entry.kind}`,
        cells: [
          instant(entry.at),
          numbers.get(entry) ?? "",
          html`<span class="kind">${kindWords[entry.kind]}</span>`,
          entry.title,
          entry.until === undefined ? "" : span(entry.until - entry.at),
        ],
      })),
  );
};
