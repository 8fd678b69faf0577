import { expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import type { KubernetesObject } from "../../../../rehearsal/world/kubernetes-object.ts";

const store = new MemoryObjectStore(CutoverClock.startingAt(0), ["production"]);
const metadata = { name: "shop-freeze", namespace: "production" };
const lease = (spec: object): KubernetesObject => ({
  ...{ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata },
  spec: { ...spec },
});

const answerTo = (object: KubernetesObject): string => {
  try {
    store.dryRun(object);
    return "accepted";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test.for([
  lease({}),
  lease({
    ...{ holderIdentity: "night", leaseDurationSeconds: 45, leaseTransitions: 0 },
    acquireTime: "2026-01-03T22:00:00.000000Z",
  }),
])("accepts a right $kind", (object) => {
  expect(answerTo(object)).toBe("accepted");
});

test.for([
  [
    lease({ leaseDurationSeconds: 0 }),
    /leaseDurationSeconds: Invalid value: 0: must be greater than 0/,
  ],
  [lease({ leaseTransitions: -1 }), /leaseTransitions: Invalid value: -1/],
  [lease({ holder: "night" }), /unknown field "spec.holder"/],
  // What `toISOString` gives has too few digits.
  [
    lease({ acquireTime: "2026-01-03T22:00:00.000Z" }),
    /cannot be handled as a Lease: parsing time/,
  ],
] as const)("%#: refuses a wrong one", ([object, message]) => {
  expect(answerTo(JSON.parse(JSON.stringify(object)) as KubernetesObject)).toMatch(message);
});
