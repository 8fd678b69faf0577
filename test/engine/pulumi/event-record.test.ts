import type { EngineEvent, OpType, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { OperationLog } from "../../../engine/operation-log.ts";
import { EventRecord } from "../../../engine/pulumi/event-record.ts";

const stack = "urn:pulumi:dev::demo::pulumi:pulumi:Stack::demo-dev";
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "…",
};

interface Given {
  readonly type?: string;
  readonly custom?: boolean;
  readonly olds?: Record<string, unknown>;
  readonly news?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly diffs?: string[];
}

/** A step of the resource of that name, as the CLI tells it. */
const step = (
  op: OpType,
  name: string,
  { type = "test:index:Thing", custom = true, olds, news, outputs = {}, diffs }: Given = {},
): StepEventMetadata => {
  const urn = name === "demo-dev" ? stack : `urn:pulumi:dev::demo::${type}::${name}`;
  const state = (inputs: Record<string, unknown>) => ({
    ...{ type, urn, custom, id: "", parent: "", provider: "", inputs, outputs },
  });
  return {
    ...{ op, urn, type, provider: "" },
    ...(olds !== undefined && { old: state(olds) }),
    ...(news !== undefined && { new: state(news) }),
    ...(diffs !== undefined && { diffs }),
  };
};

type Told = Partial<EngineEvent>;
const began = (metadata: StepEventMetadata, planning = false): Told => ({
  resourcePreEvent: { metadata, planning },
});
const ended = (metadata: StepEventMetadata, planning = false): Told => ({
  resOutputsEvent: { metadata, planning },
});

/** What the interface tells of these events. */
const heard = (...events: readonly Told[]) => {
  const log = new OperationLog(undefined);
  const record = new EventRecord(log);
  events.forEach((event, sequence) => record.take({ sequence, timestamp: 0, ...event }));
  record.close();
  const { steps, violations, diagnostics, succeeded } = log.result({});
  return {
    began: record.began,
    outputs: record.outputs,
    succeeded,
    violations,
    diagnostics,
    steps: steps.map(({ operation, urn, outcome, changedKeys }) =>
      `${outcome} ${operation} ${urn.split("::").at(-1) ?? ""} ${changedKeys.join()}`.trim(),
    ),
  };
};

test("an update tells which inputs changed, by the provider or else by comparison", () => {
  const told = step("update", "a", { olds: { x: 1 }, news: { x: 2 }, diffs: ["x"] });
  const silent = step("update", "b", { olds: { x: 1, y: null, z: 3 }, news: { x: 1, z: 4 } });
  expect(heard(began(told), ended(told), began(silent), ended(silent)).steps).toEqual([
    "done update a x",
    "done update b z",
  ]);
});

test("a replacement is one step, made of several", () => {
  const parts: readonly OpType[] = ["create-replacement", "replace", "delete-replaced"];
  const events = parts.flatMap((op) => {
    const part = step(op, "a", { olds: { zone: "x" }, news: { zone: "y" } });
    return [began(part), ended(part)];
  });
  expect(heard(...events).steps).toEqual(["done replace a zone"]);
});

test("a component ends once: when it is registered, with its outputs, or when all is over", () => {
  const component = { type: "test:index:Group", custom: false, news: {} };
  const early = step("create", "early", component);
  const late = step("create", "late", component);
  const { steps } = heard(began(early), ended(early), ended(early), began(late));
  expect(steps).toEqual(["done create early", "done create late"]);
});

test("a step that began and never ended counts for nothing", () => {
  expect(heard(began(step("create", "a", { news: {} }))).steps).toEqual([]);
});

test("a failed step is told, and in a preview, where the CLI has no event for it, too", () => {
  const urn = "urn:pulumi:dev::demo::test:index:Thing::a";
  const failed = step("delete", "a", { olds: {} });
  const why: Told = {
    diagnosticEvent: {
      urn,
      message: "<{%reset%}>no capacity<{%reset%}>\n",
      color: "raw",
      severity: "error",
    },
  };
  const up = heard(began(failed), why, {
    resOpFailedEvent: { metadata: failed, status: 1, steps: 0 },
  });
  expect(up).toMatchObject({
    succeeded: false,
    steps: ["failed delete a"],
    diagnostics: [{ severity: "error", message: "no capacity", urn }],
  });
  expect(heard(began(failed, true), why).steps).toEqual(["failed delete a"]);
});

test("what the CLI does on its own behalf, and what the result says anyhow, is left out", () => {
  const provider = step("create", "default_1_2_3", { type: "pulumi:providers:test", news: {} });
  const said: Told = {
    diagnosticEvent: { message: "update failed\n", color: "raw", severity: "error" },
  };
  expect(heard(began(provider), ended(provider), said)).toMatchObject({
    steps: [],
    diagnostics: [],
  });
});

test("a policy's verdict keeps its place and its words", () => {
  const { violations, succeeded } = heard({
    policyEvent: {
      resourceUrn: stack,
      message: "<{%fg 13%}>a stage soaks\n4 minutes are missing<{%reset%}>\n",
      color: "raw",
      policyName: "soak",
      policyPackName: "gates",
      policyPackVersion: "1",
      policyPackVersionTag: "1",
      enforcementLevel: "mandatory",
    },
  });
  expect(succeeded).toBe(false);
  expect(violations).toEqual([
    {
      policy: "soak",
      pack: "gates",
      level: "mandatory",
      urn: stack,
      message: "a stage soaks\n4 minutes are missing",
    },
  ]);
});

test("outputs show neither secrets nor what is not known yet, and a destroyed stack has none", () => {
  const root = { type: "pulumi:pulumi:Stack", custom: false };
  const outputs = { key: { nested: secret }, size: "3eeb2bf0-c639-47a8-9e75-3b44932eb421", at: 1 };
  const previewed = heard(
    { preludeEvent: { config: {} } },
    ended(step("same", "demo-dev", { ...root, news: {}, outputs }), true),
  );
  expect(previewed.began).toBe(true);
  expect(previewed.outputs).toEqual({ key: { nested: "[secret]" }, size: "[unknown]", at: 1 });
  const destroyed = heard(ended(step("delete", "demo-dev", { ...root, olds: {}, outputs })));
  expect(destroyed.outputs).toEqual({});
});
