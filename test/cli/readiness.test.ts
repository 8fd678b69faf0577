import { expect, test } from "vitest";
import { readinessOf } from "../../cli/readiness.ts";
import { settle } from "../../definition/tbd.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { lms } from "../../stacks/lms.ts";
import { recordingConsole } from "./recording-console.ts";

/** A stack that nobody ever updated, and whose sources are nowhere. */
const operated = (changes: Partial<OperatedSystem> = {}): OperatedSystem => {
  const engine = new EmbeddedEngine();
  engine.outputs = async () => ({});
  return {
    definition: lms,
    system: settle(lms, { rehearsal: true, file: "stacks/lms.ts" }),
    environment: "rehearsal",
    engine,
    workspace: { directory: "/nowhere", stack: "rehearsal", backendUrl: "", environment: {} },
    policyPack: "/nowhere",
    onNote: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
};

test("a system whose plan asks for no score is bad input", async () => {
  const { readiness: _, ...definition } = lms;
  await expect(
    readinessOf(operated({ definition }), { json: true }, recordingConsole()),
  ).rejects.toThrow(
    "cutover readiness: the system is lms, whose plan asks for no score, expected readiness in stacks/lms.ts.",
  );
});

test("without a source of the time nothing has an age: not ready, with the reason", async () => {
  const console = recordingConsole();
  expect(await readinessOf(operated(), { json: true }, console)).toBe(1);
  expect(JSON.parse(console.outLines.join(""))).toMatchObject({
    system: "lms",
    score: 0,
    ready: false,
    at: null,
    problem: "CUTOVER_WORLD is not set, expected http://127.0.0.1:PORT",
    components: [],
  });
  const text = recordingConsole();
  await readinessOf(operated(), {}, text);
  expect(text.outLines[0]).toBe(
    "lms on rehearsal: 0 % ready, at least 100 % is asked for: NOT READY\nNobody could judge it: CUTOVER_WORLD is not set, expected http://127.0.0.1:PORT",
  );
});
