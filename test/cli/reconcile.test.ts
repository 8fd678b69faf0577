import { expect, test } from "vitest";
import { reconcileSystem } from "../../cli/reconcile.ts";
import type { DataCheck } from "../../definition/figure.ts";
import { count, minutes, seconds } from "../../definition/units.ts";
import { lms } from "../../stacks/lms.ts";
import { operatedLms } from "../operator/operated-lms.ts";
import { json, localSource } from "../policies/facts/local-source.ts";
import { recordingConsole } from "./recording-console.ts";

const now = Date.parse("2026-06-23T06:10:00Z");
const dataChecks: readonly DataCheck[] = [
  {
    ...{ name: "mismatches", title: "Orders that differ", query: "max:sync.mismatches{*}" },
    ...{ limit: { below: count(1) }, notOlderThan: minutes(5), source: "S4-54" },
  },
  {
    ...{ name: "lag", title: "Lag of the copying", query: "max:sync.lag{*}" },
    ...{ limit: { atMost: seconds(30) }, notOlderThan: minutes(1), source: "S4-5" },
  },
];

/** The command on a stack whose sources say this of each query; nothing where a query has no value. */
const reconciled = async (values: Readonly<Record<string, number>>) => {
  const { url } = await localSource(({ path, query }) => {
    if (path === "/clock") return json({ now: new Date(now).toISOString() });
    const value = values[query.get("query") ?? ""];
    const pointlist = value === undefined ? [] : [[now - 30_000, value]];
    return json({ status: "ok", series: value === undefined ? [] : [{ pointlist }] });
  });
  const operated = operatedLms({
    definition: { ...lms, dataChecks },
    workspace: {
      ...{ directory: "/nowhere", stack: "rehearsal", backendUrl: "" },
      environment: { CUTOVER_WORLD: url, CUTOVER_EVIDENCE: "/nowhere" },
    },
  });
  const [asJson, asText] = [recordingConsole(), recordingConsole()];
  const status = await reconcileSystem(operated, { json: true }, asJson);
  await reconcileSystem(operated, {}, asText);
  return {
    status,
    answer: JSON.parse(asJson.outLines.join("")) as unknown,
    text: asText.outLines.join("\n"),
  };
};

test("S4-54: data in step by every figure of the plan is done, each with what was found", async () => {
  const { status, answer, text } = await reconciled({
    "max:sync.mismatches{*}": 0,
    "max:sync.lag{*}": 120,
  });
  expect(status).toBe(0);
  expect(answer).toMatchObject({
    ...{ system: "lms", inStep: true, problem: null, at: "2026-06-23T06:10:00.000Z" },
    figures: [
      { name: "mismatches", good: true, measuredAt: "2026-06-23T06:09:30.000Z", source: "S4-54" },
      { name: "lag", good: true, found: "120 ms, limit at most 30000 ms" },
    ],
  });
  expect(text).toContain("lms on rehearsal: the data is in step");
});

test.for<[string, Readonly<Record<string, number>>, string]>([
  ["a row that differs", { "max:sync.mismatches{*}": 1, "max:sync.lag{*}": 0 }, "1, limit below 1"],
  ["a figure that nobody measured", { "max:sync.lag{*}": 0 }, "Datadog has no value for it"],
])("%s is not in step, and is named", async ([, values, found]) => {
  const { status, answer, text } = await reconciled(values);
  expect(status).toBe(1);
  expect(answer).toMatchObject({ inStep: false, figures: [{ good: false }, { good: true }] });
  expect(text).toContain("NOT IN STEP");
  expect(text).toMatch(new RegExp(`Orders that differ +BAD +.*${found}`));
});

test("sources that are nowhere are a problem, and no good data", async () => {
  const console = recordingConsole();
  const operated = operatedLms({ definition: { ...lms, dataChecks } });
  expect(await reconcileSystem(operated, {}, console)).toBe(1);
  expect(console.outLines[0]).toContain("Nobody could judge it: CUTOVER_WORLD is not set");
});

test("a system whose plan names no figure about data is bad input", async () => {
  await expect(reconcileSystem(operatedLms(), { json: true }, recordingConsole())).rejects.toThrow(
    "cutover reconcile: the system is lms, whose plan names no figure about data, expected dataChecks in stacks/lms.ts.",
  );
});
