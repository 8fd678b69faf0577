import type { Blackout } from "../../definition/calendar.ts";
import type { Checklist } from "../../definition/checks.ts";
import type { Plan } from "../../definition/plan.ts";
import { inWords } from "../../definition/units.ts";
import { code, text } from "../markdown.ts";
import { chapter, list, rows, seat, shownOpen, span } from "./words.ts";

/** When traffic may move forward. */
export const calendarChapter = ({ name, calendar }: Plan): readonly string[] => {
  const { zone, windows, blackouts, notice } = calendar;
  return chapter(
    "When traffic may move forward",
    `Wall times of ${shownOpen(zone)}. Rolling back knows no calendar. ${code(`cutover calendar ${name} --from INSTANT --to INSTANT`)} answers for any span.`,
    rows(
      ["Window", "Opens", "Lasts", "Date"],
      windows.map(({ title, weekdays, opens, lasts, date, onlyAfter }) => [
        text(title) + (onlyAfter === undefined ? "" : `, only after: ${text(onlyAfter)}`),
        `${weekdays.join(", ")} ${shownOpen(opens)}`,
        shownOpen(lasts, inWords),
        date === undefined ? "every such day" : shownOpen(date),
      ]),
    ),
    list([
      ...blackouts.map((blackout) => `Closed: ${closed(blackout)} (${text(blackout.reason)})`),
      ...(notice === undefined ? [] : [`Announced at least ${inWords(notice)} before.`]),
    ]),
  );
};

const closed = (blackout: Blackout): string => {
  switch (blackout.kind) {
    case "last business days":
      return `the last ${blackout.count} business days of each month`;
    case "quarter end":
      return `${blackout.businessDaysBefore} business days before the end of a quarter to ${blackout.businessDaysAfter} after it`;
    case "public holidays":
      return `public holidays of ${shownOpen(blackout.country)}`;
    case "events":
      return shownOpen(blackout.events, (events) =>
        events.length === 0
          ? "business events: none"
          : events.map(({ title }) => text(title)).join(", "),
      );
    case "daily hours":
      return `${blackout.from} to ${blackout.to}`;
  }
};

/** What is done before the night, and what must be signed. */
export const preparationChapters = (plan: Plan): readonly string[] => [
  ...chapter(
    "Before the night",
    rows(
      ["Before T-0", "What", "Owner", "Takes"],
      plan.preparation.map(({ before, activity, owner, lasts }) => [
        inWords(before),
        text(activity),
        seat(plan, owner),
        span(lasts),
      ]),
    ),
  ),
  ...plan.checklists.flatMap((checklist) => checklistChapter(plan, checklist)),
  ...plan.backups.flatMap((backup) =>
    chapter(
      `Backup of ${text(backup.of)}`,
      `Owner: ${seat(plan, backup.owner)}. Not older than ${inWords(backup.notOlderThan)} when the data is touched. Signed with ${code(`cutover approve ${plan.name} --backup ${backup.of} --as ${backup.owner}`)}.`,
      list(backup.verifiedBy.map(text)),
    ),
  ),
];

const checklistChapter = (
  plan: Plan,
  { name, title, notOlderThan, items }: Checklist,
): readonly string[] =>
  chapter(
    `Checklist: ${text(title)}`,
    `${notOlderThan === undefined ? "" : `Done within ${inWords(notOlderThan)} before the move. `}Each owner signs with ${code(`cutover approve ${plan.name} --checklist ${name} --as ROLE`)}.`,
    items
      .map(({ title: item, owner, how, expected }, index) => {
        const check = [how, expected].flatMap((part) => (part === undefined ? [] : [text(part)]));
        return `${index + 1}. [ ] ${text(item)} (${seat(plan, owner)})${check.length === 0 ? "" : `: ${check.join(" → ")}`}`;
      })
      .join("\n"),
  );
