import { expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import type { KubernetesObject } from "../../../../rehearsal/world/kubernetes-object.ts";

const store = new MemoryObjectStore(CutoverClock.startingAt(0), ["production"]);
const spec = {
  targetGroupARN: "arn:aws:elasticloadbalancing:x:1:targetgroup/lms-blue/1",
  targetType: "ip",
  serviceRef: { name: "lms-blue", port: 8000 },
};
const binding = (changes: object = {}, name = "lms-blue"): KubernetesObject => ({
  apiVersion: "elbv2.k8s.aws/v1beta1",
  kind: "TargetGroupBinding",
  metadata: { name, namespace: "production" },
  spec: { ...spec, ...changes },
});

test("a binding of a Service's port, by number or name, is stored", () => {
  for (const port of [8000, "http"]) {
    expect(() => {
      store.dryRun(binding({ serviceRef: { name: "lms-blue", port } }));
    }).not.toThrow();
  }
});

test.for([
  ["an unknown field", { colour: "red" }, /unknown field "spec.colour"/],
  ["no target group", { targetGroupARN: undefined }, /spec.targetGroupARN: Required/],
  ["no Service", { serviceRef: undefined }, /spec.serviceRef: Required/],
  ["a Service without its port", { serviceRef: { name: "lms-blue" } }, /serviceRef.port: Required/],
  ["another kind of target", { targetType: "lambda" }, /spec.targetType: Unsupported value/],
] as const)("%s is refused", ([, changes, message]) => {
  const object = JSON.parse(JSON.stringify(binding(changes))) as KubernetesObject;
  expect(() => {
    store.dryRun(object);
  }).toThrow(message);
});

test("another target group is another binding", () => {
  const stored = store.create(binding({}, "kept"));
  expect(() =>
    store.replace({ ...stored, spec: { ...spec, targetGroupARN: "arn:other" } }),
  ).toThrow(/field is immutable/);
});
