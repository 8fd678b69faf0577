import { describe, expect, test } from "vitest";
import { percent, span } from "../../../rehearsal/report/figures.ts";
import { html, Markup } from "../../../rehearsal/report/markup.ts";
import {
  peakOf,
  roundUp,
  scaleTicks,
  scaleTop,
} from "../../../rehearsal/report/plots/scale-top.ts";
import { gates } from "../../../rehearsal/report/sections/gates.ts";
import { commandOf } from "../../../rehearsal/report/sections/reproduction.ts";
import { rollback } from "../../../rehearsal/report/sections/rollback.ts";
import { shortName } from "../../../rehearsal/report/sections/stages.ts";
import { shareTable } from "../../../rehearsal/report/sections/plots.ts";
import {
  outcomeSentence,
  requestsTile,
  verdict,
} from "../../../rehearsal/report/sections/verdict.ts";
import { stageSpans } from "../../../rehearsal/report/stage-spans.ts";
import { thinned } from "../../../rehearsal/report/thinned.ts";
import { ticksOf, timeAxis } from "../../../rehearsal/report/time-axis.ts";
import { completedNight, refusedNight, rolledBackNight } from "./example-night.ts";

const inOneLine = (markup: Markup): string => markup.text.replace(/\s+/g, " ");

describe("markup", () => {
  test("escapes text and attributes, keeps markup", () => {
    expect(html`<b title="${`"'<&>`}">${new Markup("<i>")}${["<", 1, null, false]}</b>`.text).toBe(
      `<b title="&quot;&#39;&lt;&amp;&gt;"><i>&lt;1</b>`,
    );
  });
});

describe("figures", () => {
  test.for([
    [0, "0 ms"],
    [640, "640 ms"],
    [8420, "8.42 s"],
    [60_000, "60 s"],
    [200_000, "3 min 20 s"],
    [3_900_000, "1 h 5 min"],
  ] as const)("%d milliseconds are %s", ([milliseconds, words]) => {
    expect(span(milliseconds)).toBe(words);
  });
  test("a small part is not rounded to nothing", () => {
    expect(percent(0.00001)).toBe("< 0.01 %");
    expect(percent(0)).toBe("0.0 %");
    expect(percent(0.1021)).toBe("10.2 %");
  });
});

describe("the time axis", () => {
  const axis = timeAxis({
    beganAt: 0,
    endedAt: 80_000,
    fast: [{ from: 10_000, to: 70_000, rate: 60 }],
  });
  test("is as long as the wall time", () => expect(axis.wallSeconds).toBe(21));
  test.for([
    [-5000, 0],
    [0, 0],
    [10_000, 10],
    [40_000, 10.5],
    [70_000, 11],
    [80_000, 21],
    [99_000, 21],
  ] as const)("has cutover %d at second %d", ([instant, seconds]) => {
    expect(axis.secondsAt(instant)).toBeCloseTo(seconds);
  });
  test("goes both ways", () => expect(axis.instantAt(axis.secondsAt(34_567))).toBeCloseTo(34_567));
  test("labels rise and keep their distance", () => {
    const ticks = ticksOf(axis, 6).map(axis.secondsAt);
    expect(ticks.length).toBeGreaterThan(2);
    for (const [index, tick] of ticks.entries())
      if (index > 0) expect(tick - (ticks[index - 1] ?? 0)).toBeGreaterThanOrEqual(21 / 6);
  });
  test("a night without length has no labels and no endless loop", () => {
    const none = timeAxis({ beganAt: 5, endedAt: 5, fast: [] });
    expect(none.percentAt(5)).toBe(0);
    expect(ticksOf(none, 6).length).toBeLessThanOrEqual(1);
  });
});

test("the stages come back after a rollback", () => {
  expect(stageSpans(rolledBackNight()).map(({ stage }) => stage)).toEqual([
    "baseline",
    "canary",
    "half",
    "baseline",
  ]);
});

describe("scales", () => {
  test.for([
    [0, 1],
    [1.01, 1.2],
    [480, 500],
    [601, 800],
  ] as const)("%d goes up to %d", ([value, top]) => expect(roundUp(value)).toBe(top));
  test("one bad second does not squash the limits", () =>
    expect(scaleTop(100, [1, 0.5], { times: 12, least: 1 })).toBe(12));
  test("the limit always has room above", () =>
    expect(scaleTop(0, [500], { times: 4, least: 50 })).toBeGreaterThan(500));
  test.for([1, 1.2, 1.5, 600, 100])("ticks of %d begin at 0 and stay inside", (top) => {
    const ticks = scaleTicks(top);
    expect(ticks[0]).toBe(0);
    expect(Math.max(...ticks)).toBeLessThanOrEqual(top);
    expect(ticks.length).toBeGreaterThanOrEqual(3);
  });
  test("gaps are no peak", () => {
    expect(peakOf([null, 2, 3, null])).toEqual({ value: 3, index: 2 });
    expect(peakOf([null])).toBeNull();
  });
});

describe("the verdict", () => {
  test("says how it ended", () => {
    expect(outcomeSentence(completedNight())).toBe(
      "The cutover went through: all requests are answered by version 3.0.0.",
    );
    expect(outcomeSentence(rolledBackNight())).toContain("8.42 s after the alarm “Error rate”");
    expect(outcomeSentence(refusedNight())).toContain("stopped before canary");
  });
  test("says when the figures do not add up", () => {
    const requests = { sent: 10, ok: 7, failed: 1, lost: 0, maintenance: 0 };
    expect(inOneLine(requestsTile(requests))).toContain("2 requests unaccounted for");
    expect(requestsTile({ ...requests, ok: 9 }).text).toContain("The figures add up.");
  });
  test.for([
    { taken: 60_000, words: "Within the budget" },
    { taken: 60_001, words: "Over the budget" },
  ])("a way back of $taken ms: $words", ({ taken, words }) => {
    const night = rolledBackNight();
    const back = night.rollback;
    expect(back).not.toBeNull();
    if (back === null) return;
    const text = verdict({ ...night, rollback: { ...back, restoredMilliseconds: taken } }).text;
    expect(text).toContain(words);
  });
  test.for([
    {
      data: { acknowledged: 9, missing: 0, doubled: 0, differing: 0, reconciled: 0 },
      words: "in both stores once",
    },
    {
      data: { acknowledged: 9, missing: 2, doubled: 1, differing: 1, reconciled: 0 },
      words: "2 missing, 1 doubled; 1 row not",
    },
  ])("two stores: $words", ({ data, words }) => {
    expect(inOneLine(verdict({ ...completedNight(), data }))).toContain(words);
    expect(verdict(completedNight()).text).not.toContain("Every write");
  });
  test("two stores: says what the copying never heard of", () => {
    const data = { acknowledged: 9, missing: 0, doubled: 0, differing: 0, reconciled: 4 };
    expect(inOneLine(verdict({ ...completedNight(), data }))).toContain("never heard of 4 of them");
  });
  test.for([
    { milliseconds: 2_310, words: "For the final sync alone" },
    { milliseconds: 60_000, words: "Longer than the plan allows" },
  ])("S4-2: writes frozen for $milliseconds ms: $words", ({ milliseconds, words }) => {
    const freeze = { milliseconds, budgetMilliseconds: 60_000 };
    expect(inOneLine(verdict({ ...completedNight(), freeze }))).toContain(words);
    expect(verdict(completedNight()).text).not.toContain("Writes frozen");
  });
  test.each([
    { milliseconds: 0, budgetMilliseconds: 60_000, words: "answered well in every second" },
    { milliseconds: 2_000, budgetMilliseconds: null, words: "Nobody was answered well meanwhile" },
    { milliseconds: 60_000, budgetMilliseconds: 60_000, words: "Longer than the plan allows" },
  ])(
    "S4-2: a downtime of $milliseconds ms of $budgetMilliseconds: $words",
    ({ milliseconds, budgetMilliseconds, words }) => {
      const downtime = { milliseconds, budgetMilliseconds };
      expect(inOneLine(verdict({ ...completedNight(), downtime }))).toContain(words);
      expect(verdict(completedNight()).text).not.toContain("Downtime");
    },
  );
  test("names every difference", () => {
    expect(verdict(refusedNight()).text).toContain("The outcome was refused, expected completed.");
  });
});

test("what a gate refused stands before what passed, which is folded", () => {
  const text = gates(rolledBackNight()).text;
  const refusal = text.indexOf("3 min remain");
  expect(refusal).toBeGreaterThan(0);
  expect(text.slice(refusal).indexOf("<details>")).toBeGreaterThan(0);
  expect(text).toContain("refused by 1 of 10 gates");
});

describe("the parts of the way back", () => {
  test("add up", () => {
    const text = rollback(rolledBackNight()).text;
    expect(text).toContain("8.420");
    expect(text).toContain("✓ trigger to healthy");
  });
  test("or the report says that they do not", () => {
    const night = rolledBackNight();
    const back = night.rollback;
    if (back === null) throw new Error("the example has a rollback");
    const wrong = { ...back, parts: { ...back.parts, apply: 9000 } };
    expect(rollback({ ...night, rollback: wrong }).text).toContain("do not add up");
  });
});

test("a share outside its interval stands out", () => {
  const reading = { stage: "canary", set: 0.1, low: 0.09, high: 0.11, requests: 900 };
  expect(String(shareTable([{ ...reading, seen: 0.11 }]))).toContain("✓ yes");
  expect(String(shareTable([{ ...reading, seen: 0.1101 }]))).toContain("✕ no");
});

test("a URN's short name", () => {
  expect(
    shortName(
      "urn:pulumi:prod::lms::a:b:C$kubernetes:networking.istio.io/v1:VirtualService::lms-vs",
    ),
  ).toEqual({ name: "lms-vs", type: "VirtualService" });
});

test("the command repeats the rehearsal in any shell", () => {
  expect(commandOf(refusedNight())).toBe(
    String.raw`npm ci && npm run cutover -- rehearse lms --fault 'it'\''s@canary' --engine embedded --speed 60 --seed 42 --report report.html`,
  );
});

test("a long night is thinned to what a screen can show, its worst moment kept", () => {
  const { series } = completedNight();
  const long = Array.from({ length: 10_000 }, (_, index) => index);
  const night = thinned({
    ...series,
    at: long,
    blue: long.map(() => 100),
    green: long.map(() => 50),
    unanswered: long.map(() => 0),
    errorPercent: long.map((index) => (index === 5003 ? 37 : index < 100 ? null : 0)),
    blueP95: long,
    greenP95: long.map(() => null),
    greenWeight: long.map((index) => (index < 5000 ? 0 : 10)),
  });
  expect(night.at.length).toBeLessThanOrEqual(1500);
  for (const list of [night.blue, night.errorPercent, night.greenP95, night.greenWeight])
    expect(list).toHaveLength(night.at.length);
  expect(peakOf(night.errorPercent)?.value).toBe(37);
  expect(night.errorPercent[0]).toBeNull();
  expect(new Set(night.blue)).toEqual(new Set([100]));
  expect(thinned(series)).toBe(series);
});
