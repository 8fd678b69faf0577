import type {
  GateReading,
  RehearsalRecord,
  Series,
  TimelineEntry,
} from "../../../rehearsal/rehearsal-record.ts";

const second = 1000;
const minute = 60 * second;
const beganAt = Date.parse("2026-01-10T23:10:00Z");
const rate = 60;

/** A span of the example night: at wall speed, or a soak in which the clock runs fast. */
interface Leg {
  readonly weight: number;
  readonly milliseconds: number;
  readonly fast: boolean;
  readonly errorPercent?: number;
  readonly greenP95?: number;
}

const perSecond = 450;

/** Numbers that look like chance and are the same each time. */
const chance = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
};

const seriesOf = (legs: readonly Leg[]): Series => {
  const random = chance(42);
  const points: {
    at: number;
    blue: number;
    green: number;
    lost: number;
    bad: number;
    p95: number;
    weight: number;
  }[] = [];
  const stepMilliseconds = 500;
  let from = beganAt;
  for (const { weight, milliseconds, fast, errorPercent = 0, greenP95 = 55 } of legs) {
    const step = stepMilliseconds * (fast ? rate : 1);
    for (let at = from; at < from + milliseconds; at += step) {
      const all = Math.round(perSecond + (random() - 0.5) * 60);
      const bad = errorPercent * (0.7 + 0.6 * random());
      const lost = Math.round((all * bad) / 300);
      const share = Math.min(
        1,
        Math.max(0, weight / 100 + (weight % 100 === 0 ? 0 : (random() - 0.5) * 0.05)),
      );
      const green = Math.round((all - lost) * share);
      points.push({ at, blue: all - lost - green, green, lost, bad, p95: greenP95, weight });
    }
    from += milliseconds;
  }
  return {
    stepMilliseconds,
    at: points.map(({ at }) => at),
    blue: points.map(({ blue }) => blue),
    green: points.map(({ green }) => green),
    unanswered: points.map(({ lost }) => lost),
    errorPercent: points.map(({ bad }) => bad),
    blueP95: points.map(({ blue }) => (blue === 0 ? null : 66 + random() * 10)),
    greenP95: points.map(({ green, p95 }) => (green === 0 ? null : p95 * (0.9 + 0.25 * random()))),
    greenWeight: points.map(({ weight }) => weight),
  };
};

const passing = [
  "window",
  "blackout",
  "checklists",
  "backups",
  "quorum",
  "ledger",
  "drift",
  "capacity",
];

/** All gates of a move; those named here refuse it. */
export const gateReading = (
  at: number,
  from: string,
  to: string,
  refusing: Readonly<Record<string, string>> = {},
): GateReading => ({
  at,
  from,
  to,
  verdicts: [
    ...passing.map((rule) => ({
      rule,
      sentence: `The ${rule} of the plan allows the move`,
      outcome: "passed" as const,
      message: "",
    })),
    ...Object.entries(refusing).map(([rule, message]) => ({
      rule,
      sentence: "A stage carries traffic for its whole soak before it is left",
      outcome: "refused" as const,
      message,
    })),
    {
      rule: "one-way-door",
      sentence: "What cannot be undone is confirmed by name",
      outcome: "not-applicable" as const,
      message: "the move can be undone",
    },
  ],
});

const changed = [
  "urn:pulumi:prod::lms::cutover:traffic:MeshSplit$kubernetes:networking.istio.io/v1:VirtualService::lms-vs",
];

const stageResult = (stage: string, trafficWeight: number, requests: number, failed: number) => ({
  stage,
  posture: { trafficWeight },
  operations: { create: 0, update: trafficWeight === 0 ? 0 : 1, replace: 0, delete: 0, same: 34 },
  changed: trafficWeight === 0 ? [] : changed,
  milliseconds: 4210,
  observed: {
    requests,
    failed,
    share: { blue: 1 - trafficWeight / 100, green: trafficWeight / 100 },
    p95Milliseconds: 68,
  },
});

const share = (stage: string, set: number, seen: number) => ({
  stage,
  set,
  seen,
  low: Math.max(0, set - 0.012),
  high: Math.min(1, set + 0.012),
  requests: 6750,
});

const entry = (
  kind: TimelineEntry["kind"],
  title: string,
  at: number,
  until?: number,
): TimelineEntry => ({ kind, title, at, ...(until !== undefined && { until }) });

/** The legs of the whole night with the instants at which they begin. */
const times = { canary: beganAt + 8 * second, canaryUp: beganAt + 14 * second };
const canarySoaked = times.canaryUp + 15 * minute;
const half = canarySoaked + 2 * second;
const halfUp = half + 5 * second;
const halfSoaked = halfUp + 20 * minute;
const full = halfSoaked + 2 * second;
const fullUp = full + 5 * second;
const fullSoaked = fullUp + 30 * minute;

/** A night that went through. */
export const completedNight = (): RehearsalRecord => ({
  system: "lms",
  title: "Leave Management System v2 → v3.0.0",
  document: "LMS-PHASE29-CUTOVER-001, version 1.0",
  engine: "embedded",
  seed: 42,
  definition: "d".repeat(64),
  ranAt: "2026-01-09T12:00:00.000Z",
  speed: rate,
  outcome: "completed",
  beganAt,
  endedAt: fullSoaked + 6 * second,
  wallMilliseconds: 104_300,
  versions: { blue: "2.14.1", green: "3.0.0" },
  stages: [
    stageResult("baseline", 0, 6300, 0),
    stageResult("canary", 10, 9200, 0),
    stageResult("half", 50, 11_800, 0),
    stageResult("full", 100, 16_200, 0),
  ],
  rollback: null,
  data: null,
  freeze: null,
  downtime: { milliseconds: 0, budgetMilliseconds: null },
  messages: { delivered: 0, undelivered: 0 },
  requests: { sent: 43_500, ok: 43_500, failed: 0, lost: 0, maintenance: 0 },
  violations: [],
  expectation: { outcome: "completed", met: true, differences: [] },
  thresholds: [
    { name: "error-rate", title: "Error rate", limit: 1, unit: "%", breach: "roll back" },
    {
      name: "failed-requests",
      title: "Failed requests",
      limit: 0.5,
      unit: "%",
      breach: "roll back",
    },
    {
      name: "p95-latency",
      title: "Response time (p95)",
      limit: 500,
      unit: "ms",
      breach: "investigate",
    },
    { name: "cpu", title: "CPU utilisation", limit: 70, unit: "%", breach: "investigate" },
  ],
  faults: [],
  fast: [
    { from: times.canaryUp, to: canarySoaked, rate },
    { from: halfUp, to: halfSoaked, rate },
    { from: fullUp, to: fullSoaked, rate },
  ],
  timeline: [
    entry("stage", "baseline", beganAt, times.canaryUp),
    entry("update", "baseline → canary", times.canary, times.canaryUp),
    entry("stage", "canary", times.canaryUp, halfUp),
    entry("soak", "15 minutes at canary", times.canaryUp, canarySoaked),
    entry("update", "canary → half", half, halfUp),
    entry("stage", "half", halfUp, fullUp),
    entry("soak", "20 minutes at half", halfUp, halfSoaked),
    entry("update", "half → full", full, fullUp),
    entry("stage", "full", fullUp, fullSoaked + 6 * second),
    entry("soak", "30 minutes at full", fullUp, fullSoaked),
    entry("note", "All checks after the cutover passed", fullSoaked + 2 * second),
  ],
  gates: [
    gateReading(times.canary, "baseline", "canary"),
    gateReading(half, "canary", "half"),
    gateReading(full, "half", "full"),
  ],
  shares: [share("canary", 0.1, 0.1021), share("half", 0.5, 0.4968), share("full", 1, 1)],
  series: seriesOf([
    { weight: 0, milliseconds: 14 * second, fast: false },
    { weight: 10, milliseconds: 15 * minute, fast: true },
    { weight: 10, milliseconds: 7 * second, fast: false },
    { weight: 50, milliseconds: 20 * minute, fast: true },
    { weight: 50, milliseconds: 7 * second, fast: false },
    { weight: 100, milliseconds: 30 * minute, fast: true },
    { weight: 100, milliseconds: 6 * second, fast: false },
  ]),
});

/** The same night with errors at half: an alarm orders the way back, once refused, then done. */
export const rolledBackNight = (): RehearsalRecord => {
  const fault = halfUp + 5 * minute;
  const alarm = fault + 2 * minute + 12 * second;
  const restored = 8420;
  const healthy = alarm + restored;
  const night = completedNight();
  return {
    ...night,
    outcome: "rolled-back",
    endedAt: healthy + 12 * second,
    wallMilliseconds: 71_900,
    stages: [
      stageResult("baseline", 0, 6300, 0),
      stageResult("canary", 10, 9200, 0),
      stageResult("half", 50, 8100, 148),
    ],
    rollback: {
      trigger: "error-rate",
      detectedMilliseconds: 132_000,
      restoredMilliseconds: restored,
      budgetMilliseconds: 60_000,
      parts: { decide: 2100, gates: 640, apply: 3380, effective: 1520, healthy: 780 },
    },
    requests: { sent: 32_355, ok: 32_192, failed: 103, lost: 45, maintenance: 15 },
    expectation: { outcome: "rolled-back", met: true, differences: [] },
    faults: [
      {
        name: "green-errors",
        stage: "half",
        sentence: "Green answers 9 of 100 requests with an error, from five minutes into the soak",
        at: fault,
      },
    ],
    fast: [
      { from: times.canaryUp, to: canarySoaked, rate },
      { from: halfUp, to: fault, rate },
      { from: fault + 4 * second, to: alarm, rate },
    ],
    timeline: [
      ...night.timeline.slice(0, 4),
      entry("refusal", "canary → half refused: soak", canarySoaked - 3 * minute),
      entry("update", "canary → half", half, halfUp),
      entry("stage", "half", halfUp, alarm + 6000),
      entry("soak", "20 minutes at half, cut short", halfUp, alarm),
      entry("fault", "green-errors: Green answers 9 of 100 requests with an error", fault),
      entry("alarm", "error-rate: 4.6 %, limit 1 %, two minutes in a row", alarm),
      entry("rollback", "half → baseline, ordered by error-rate", alarm + 2100, healthy),
      entry("update", "half → baseline", alarm + 2740, alarm + 6120),
      entry("stage", "baseline", alarm + 6120, healthy + 12 * second),
      entry("note", "All requests answered well by Blue", healthy),
    ],
    gates: [
      gateReading(times.canary, "baseline", "canary"),
      gateReading(canarySoaked - 3 * minute, "canary", "half", {
        soak: "canary has carried traffic for 12 min, expected 15 min; 3 min remain. Nothing changed.",
      }),
      gateReading(half, "canary", "half"),
      gateReading(alarm + 2200, "half", "baseline"),
    ],
    shares: [share("canary", 0.1, 0.1021), share("half", 0.5, 0.4968)],
    series: seriesOf([
      { weight: 0, milliseconds: 14 * second, fast: false },
      { weight: 10, milliseconds: 15 * minute, fast: true },
      { weight: 10, milliseconds: 7 * second, fast: false },
      { weight: 50, milliseconds: 5 * minute, fast: true },
      { weight: 50, milliseconds: 4 * second, fast: false, errorPercent: 4.6, greenP95: 140 },
      { weight: 50, milliseconds: 128 * second, fast: true, errorPercent: 4.6, greenP95: 160 },
      { weight: 50, milliseconds: 6 * second, fast: false, errorPercent: 4.6, greenP95: 620 },
      { weight: 0, milliseconds: 14 * second, fast: false },
    ]),
  };
};

/** A night that a gate stopped before the first stage, with texts that try to be markup. */
export const refusedNight = (): RehearsalRecord => {
  const night = completedNight();
  const injection = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script></script>`;
  return {
    ...night,
    title: `Leave Management System ${injection}`,
    outcome: "refused",
    endedAt: beganAt + 40 * second,
    wallMilliseconds: 40_000,
    stages: [stageResult("baseline", 0, 18_000, 0)],
    requests: { sent: 18_000, ok: 17_990, failed: 4, lost: 2, maintenance: 1 },
    expectation: {
      outcome: "completed",
      met: false,
      differences: [`The outcome was refused, expected completed. ${injection}`],
    },
    violations: [
      { policy: "drift", system: "lms", message: `lms-vs was edited by hand ${injection}` },
    ],
    faults: [{ name: "it's", stage: "canary", sentence: injection, at: beganAt + 5 * second }],
    fast: [],
    timeline: [
      entry("stage", "baseline", beganAt),
      entry("fault", injection, beganAt + 5 * second),
      entry("refusal", `baseline → canary refused: ${injection}`, beganAt + 8 * second),
    ],
    gates: [gateReading(beganAt + 8 * second, "baseline", "canary", { backups: injection })],
    shares: [],
    series: seriesOf([{ weight: 0, milliseconds: 40 * second, fast: false }]),
  };
};
