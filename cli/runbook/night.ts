import { authorityFrom, configAt, dataChecksOf, wayBackFrom } from "../../definition/ladder.ts";
import { maintenanceKey } from "../../definition/maintenance.ts";
import type { Plan, TimeBudget } from "../../definition/plan.ts";
import type { Stage, WayBack } from "../../definition/stage.ts";
import { edgeOf, limitInWords } from "../../definition/thresholds.ts";
import type { Slot } from "../../definition/timeline.ts";
import { inWords } from "../../definition/units.ts";
import { code, text } from "../markdown.ts";
import { chapter, list, rows, seat, seats, shownOpen, span } from "./words.ts";

/** The night, row by row, and the ladder that it climbs. */
export const nightChapters = (plan: Plan): readonly string[] => [
  ...chapter(
    "The night",
    `T-0 is ${shownOpen(plan.night.beginsAt)} of ${shownOpen(plan.calendar.zone)}. A second terminal runs ${code(`cutover watch ${plan.name}`)} from the first move on.`,
    rows(
      ["Time", "What", "Owner", "Takes", "Command"],
      plan.night.slots.map((slot) => [
        slot.at,
        text(slot.activity) + (slot.optional === true ? " (if wanted)" : ""),
        seat(plan, slot.owner),
        span(slot.lasts),
        commands(plan, slot).map(code).join("<br>"),
      ]),
    ),
  ),
  ...chapter(
    "Stages",
    rows(
      ["Stage", "What it means", "Set", "Left when", "Way back"],
      plan.ladder.map((stage) => [
        code(stage.name),
        text(stage.title),
        values(plan, stage.name),
        leaving(plan, stage),
        wayBack(plan, stage.name),
      ]),
    ),
  ),
  ...chapter(
    "Limits while green carries traffic",
    rows(
      ["What", "Limit", "Watched at", "When it is breached"],
      plan.thresholds.map((threshold) => [
        text(threshold.title),
        limitInWords(threshold),
        threshold.at?.map(code).join(", ") ?? "every stage with traffic",
        threshold.breach === "roll back" ? "**roll back**" : "investigate; no move forward",
      ]),
    ),
  ),
  ...chapter(
    "Time that may be used",
    rows(
      ["What", "Limit", "When it is passed"],
      [
        ...(plan.budgets ?? []).map(({ title, limit, passed }) => [
          text(title),
          `${"below" in limit ? "below" : "at most"} ${inWords(edgeOf(limit))}`,
          whenPassed[passed],
        ]),
        ...(plan.maintenance === undefined
          ? []
          : [["Maintenance", `at most ${inWords(plan.maintenance.within)}`, "it ends by itself"]]),
      ],
    ),
  ),
  ...plan.checkpoints.flatMap((checkpoint) => {
    const { name, title, after, decidedBy, consensusOf = [], within } = checkpoint;
    const { questions, decisions } = checkpoint;
    return chapter(
      `${text(title)}, at the end of ${code(after)}`,
      `${seats(plan, decidedBy, "and")} ${decidedBy.length === 1 ? "decides" : "decide"}${within === undefined ? "" : `, within ${inWords(within)}`}: ${decisions.map(text).join(", ")}. Signed with ${code(`cutover approve ${plan.name} --checkpoint ${name} --as ROLE`)}.`,
      ...(consensusOf.length === 0
        ? []
        : [
            `Consensus is that of ${consensusOf.map((role) => seat(plan, role)).join(", ")}. A no that one of them signs in the same way holds the move.`,
          ]),
      rows(
        ["Question", "Go on with", "Otherwise"],
        questions.map(({ question, good, otherwise }) => [
          text(question),
          good,
          otherwise.join(" or "),
        ]),
      ),
    );
  }),
  ...chapter(
    "Smoke tests",
    rows(
      ["Test", "What", "Call", "Expected"],
      plan.smokeTests.map(({ id, title, method, path, expected }) => [
        text(id),
        text(title),
        code(`${method} ${path}`),
        text(expected),
      ]),
    ),
  ),
];

/** What is typed in a slot of the night. */
const commands = ({ name }: Plan, { movesTo, maintenance }: Slot): readonly string[] => [
  ...(movesTo === undefined ? [] : [`cutover advance ${name}`]),
  ...(maintenance === undefined
    ? []
    : [`pulumi config set ${name}:${maintenanceKey} ${maintenance}`, "pulumi up"]),
];

const whenPassed = {
  "roll back": "**roll back**",
  refuse: "no move forward",
  report: "reported",
} as const satisfies Readonly<Record<TimeBudget["passed"], string>>;

const values = (plan: Plan, stage: string): string =>
  Object.entries(configAt(plan, stage))
    .map(([key, value]) => code(`${plan.name}:${key}: ${JSON.stringify(value)}`))
    .join("<br>");

const leaving = (plan: Plan, { name: stage, leave = {} }: Stage): string => {
  const { soak, greenRequests, checkpoint, signedBy, checklists, rehearsed, facts } = leave;
  const checkpoints = checkpoint === undefined ? [] : [checkpoint].flat();
  return [
    ...(soak === undefined ? [] : [`${inWords(soak)} have passed`]),
    ...(greenRequests === undefined ? [] : [`green answered ${greenRequests} requests`]),
    ...(checklists ?? []).map((name) => `checklist ${titled(plan.checklists, name)} is signed`),
    ...checkpoints.map((name) => `${titled(plan.checkpoints, name)} says so`),
    ...(signedBy === undefined ? [] : [`${seats(plan, signedBy, "and")} signed`]),
    ...(rehearsed === undefined ? [] : [`rehearsed within ${inWords(rehearsed.notOlderThan)}`]),
    ...dataChecksOf(plan, stage).map((check) => `${text(check.title)}: ${limitInWords(check)}`),
    ...(facts ?? []).map(text),
  ].join("; ");
};

const titled = (
  named: readonly { readonly name: string; readonly title: string }[],
  name: string,
): string => text(named.find((each) => each.name === name)?.title ?? name);

const wayBack = (plan: Plan, stage: string): string => {
  const back = wayBackFrom(plan, stage);
  return "to" in back
    ? `${code(back.to)} within ${inWords(back.within)}`
    : `none: ${text(back.refused)} ${text(back.wayForward)}`;
};

/** When and how to go back, as a decision from top to bottom. */
export const wayBackChapter = (plan: Plan): readonly string[] => {
  const { name, rollback, thresholds } = plan;
  const { by, quorum, alarmSuffices, silenceOrdersAfter } = rollback.authority;
  const orders = thresholds.filter(({ breach }) => breach === "roll back");
  const word = seats(plan, by, quorum === "all" ? "and" : "or");
  return chapter(
    "Rolling back",
    `${code(`cutover rollback ${name}`)} from any stage: traffic is back on blue and healthy within ${inWords(rollback.within)}. No window, soak, checklist or other system stands in its way.`,
    [
      `1. Is an alarm raised on ${orders.map(({ title }) => text(title)).join(", ") || "nothing: no alarm of this plan orders it"}? ${alarmSuffices ? "Roll back; the alarm is authority enough, and `cutover watch` does it by itself." : `Ask ${word}, who must order it.`}`,
      `2. Is another alarm raised, or a question answered badly? Investigate, and move nothing forward. ${word} decides on rolling back.`,
      `3. Is blue no better than green? Then there is no safe side: rolling back helps nobody. Mend what both share first.`,
      ...(silenceOrdersAfter === undefined
        ? []
        : [
            `4. No decision within ${inWords(silenceOrdersAfter)} counts as the order to roll back.`,
          ]),
    ].join("\n"),
    ...steps(rollback),
    list(
      plan.ladder.flatMap(({ name: stage, rollback: own }) =>
        own === undefined
          ? []
          : [`From ${code(stage)}: ${wayBack(plan, stage)}${order(plan, stage)}`],
      ),
    ),
  );
};

/** What somebody must sign before a stage is left backwards, if the plan wants that. */
const order = (plan: Plan, stage: string): string => {
  const back = wayBackFrom(plan, stage);
  if (!("to" in back) || back.needs === undefined) return "";
  const { by } = authorityFrom(plan, stage);
  const needs = back.needs.map((need) => text(need)).join("; ");
  return `. First this must hold: ${needs}. ${seats(plan, by, "or")} signs for it with ${code("cutover approve --rollback")}; if nobody of them can be reached, anybody with a role with ${code("--break-glass")}, which is reviewed afterwards.`;
};

/** The steps of a way back, each with its time. */
const steps = ({ steps: all = [] }: Pick<WayBack, "steps">): readonly string[] =>
  all.length === 0
    ? []
    : [
        "It is over when each of these holds:",
        all
          .map(({ title, lasts }, index) => `${index + 1}. ${text(title)} (${inWords(lasts)})`)
          .join("\n"),
      ];

/** What remains when the night is over. */
export const afterwardsChapters = (plan: Plan): readonly string[] => [
  ...chapter(
    "Afterwards",
    rows(
      ["What", "Owner", "Due"],
      plan.followUps.map(({ title, owner, due }) => [
        text(title),
        seat(plan, owner),
        typeof due === "string" ? due : `within ${inWords(due.within)}`,
      ]),
    ),
    kept(plan),
  ),
  ...chapter(
    "It was a success when",
    list(plan.success.map(({ title, measuredBy }) => `${text(title)} (${text(measuredBy)})`)),
  ),
  ...chapter(
    "It is done when",
    list(plan.done.map(({ title, measuredBy }) => `${text(title)} (${text(measuredBy)})`)),
  ),
];

/** How long things stay once all traffic has left the old side. */
const kept = ({ retention }: Plan): string => {
  const { oldSideFor, oldSideAtMost, oldSideStays, immediateRollbackFor, records = [] } = retention;
  const old =
    oldSideStays === true
      ? "The old side stays for good"
      : `The old side is kept for ${inWords(oldSideFor)}${oldSideAtMost === undefined ? "" : `, and for ${inWords(oldSideAtMost)} at the most`}`;
  const others = records.map(
    ({ of, for: least }) => `${text(of)} for ${inWords(least)} at the least`,
  );
  return [
    `${old}; rolling back needs no repair of data for ${inWords(immediateRollbackFor)}.`,
    ...(others.length === 0 ? [] : [`Kept as well: ${others.join(", ")}.`]),
  ].join(" ");
};
