import type { RehearsalRecord, StageResult } from "../../rehearsal/rehearsal-record.ts";

const split =
  "urn:pulumi:rehearsal::cutover::cutover:index:System$cutover:traffic:MeshSplit$kubernetes:networking.istio.io/v1:VirtualService::lms-split-route";

const stage = (name: string, trafficWeight: number, requests: number): StageResult => ({
  stage: name,
  posture: { trafficWeight },
  operations: { create: 0, update: 1, replace: 0, delete: 0, same: 33 },
  changed: [split],
  milliseconds: 4_210,
  observed: {
    requests,
    failed: 0,
    share: { blue: 1 - trafficWeight / 100, green: trafficWeight / 100 },
    p95Milliseconds: 68,
  },
});

/** A rehearsal that went through two stages, without what only the report draws. */
export const completedRecord: RehearsalRecord = {
  system: "lms",
  engine: "embedded",
  seed: 7,
  definition: "d".repeat(64),
  ranAt: "2026-01-09T12:00:00.000Z",
  outcome: "completed",
  stages: [
    {
      ...stage("baseline", 0, 900),
      operations: { create: 34, update: 0, replace: 0, delete: 0, same: 0 },
      changed: Array.from({ length: 34 }, () => split),
    },
    stage("canary", 10, 950),
  ],
  rollback: null,
  data: null,
  freeze: null,
  downtime: { milliseconds: 0, budgetMilliseconds: null },
  messages: { delivered: 0, undelivered: 0 },
  requests: { sent: 980, ok: 980, failed: 0, lost: 0, maintenance: 0 },
  violations: [],
  expectation: { outcome: "completed", met: true, differences: [] },
  title: "Leave Management System",
  document: "LMS 1.0",
  speed: 60,
  beganAt: 0,
  endedAt: 3_900_000,
  wallMilliseconds: 104_300,
  versions: { blue: "2.14.1", green: "3.0.0" },
  thresholds: [],
  faults: [],
  fast: [],
  timeline: [],
  gates: [],
  shares: [
    { stage: "baseline", set: 0, seen: 0, low: 0, high: 0, requests: 900 },
    { stage: "canary", set: 0.1, seen: 0.098, low: 0.068, high: 0.132, requests: 950 },
  ],
  series: {
    stepMilliseconds: 500,
    at: [],
    blue: [],
    green: [],
    unanswered: [],
    errorPercent: [],
    blueP95: [],
    greenP95: [],
    greenWeight: [],
  },
};

/** One that an alarm sent back; the parts of its way back are no whole milliseconds. */
export const rolledBackRecord: RehearsalRecord = {
  ...completedRecord,
  outcome: "rolled-back",
  rollback: {
    trigger: "error-rate",
    detectedMilliseconds: 28_400,
    restoredMilliseconds: 6_112,
    budgetMilliseconds: 60_000,
    parts: { decide: 412.6, gates: 1_204.7, apply: 310.2, effective: 180.3, healthy: 4_004.2 },
  },
  requests: { sent: 1_000, ok: 940, failed: 57, lost: 2, maintenance: 1 },
  expectation: { outcome: "rolled-back", met: true, differences: [] },
  shares: [
    ...completedRecord.shares,
    { stage: "baseline", set: 0, seen: 0, low: 0, high: 0, requests: 310 },
  ],
};

/** What the gate on the load's figures says when it refuses, as an engine hands it over. */
export const refusal =
  "Green keeps every threshold under its traffic, over the whole soak\nrefused: Failed requests on green is 5.479 %, limit below 0.5 %; Response time (p95) on green is 1620.024 ms, limit below 500 ms; green answered 365 of the 600 requests needed (from 00:00:14 UTC to 00:15:14 UTC).";

/** One that a gate stopped, though it was to go through. */
export const refusedRecord: RehearsalRecord = {
  ...completedRecord,
  outcome: "refused",
  violations: [{ policy: "live-health", system: "lms", message: refusal }],
  expectation: {
    outcome: "completed",
    met: false,
    differences: ["It ended refused, and should have ended completed."],
  },
};
