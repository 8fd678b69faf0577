import { describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import type { KubernetesObject } from "../../../../rehearsal/world/kubernetes-object.ts";

const store = new MemoryObjectStore(CutoverClock.startingAt(0), ["production"]);
const metadata = { name: "shop-freeze", namespace: "production" };
const lease = (spec: object): KubernetesObject => ({
  ...{ apiVersion: "coordination.k8s.io/v1", kind: "Lease", metadata },
  spec: { ...spec },
});
const group = "rbac.authorization.k8s.io";
const rule = { apiGroups: ["coordination.k8s.io"], resources: ["leases"], verbs: ["get", "watch"] };
const role = (...rules: readonly object[]): KubernetesObject => ({
  ...{ apiVersion: `${group}/v1`, kind: "Role", metadata, rules },
});
const binding = (roleRef: object, ...subjects: readonly object[]): KubernetesObject => ({
  ...{ apiVersion: `${group}/v1`, kind: "RoleBinding", metadata },
  roleRef: { apiGroup: group, kind: "Role", name: "shop-freeze", ...roleRef },
  subjects,
});
const account = { kind: "ServiceAccount", name: "shop", namespace: "production" };

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
  role(rule),
  role(),
  binding({}, account, { kind: "User", apiGroup: group, name: "ada" }),
  binding({ kind: "ClusterRole", name: "view" }),
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
  [role({ ...rule, verbs: [] }), /rules\[0\].verbs: Required value: verbs must contain/],
  [role({ ...rule, apiGroups: [] }), /rules\[0\].apiGroups: Required value/],
  [role(rule, { apiGroups: [""], verbs: ["get"] }), /rules\[1\].resources: Required value/],
  [
    role({ ...rule, nonResourceURLs: ["/healthz"] }),
    /namespaced rules cannot apply to non-resource/,
  ],
  [binding({ kind: "Group" }), /roleRef.kind: Unsupported value: "Group"/],
  [binding({ apiGroup: "" }), /roleRef.apiGroup: Unsupported value/],
  [binding({ name: "" }), /roleRef.name: Required value/],
  [binding({}, { ...account, namespace: undefined }), /subjects\[0\].namespace: Required value/],
  [binding({}, { ...account, kind: "Robot" }), /subjects\[0\].kind: Unsupported value: "Robot"/],
  [binding({}, { ...account, apiGroup: group }), /subjects\[0\].apiGroup: Unsupported value/],
] as const)("%#: refuses a wrong one", ([object, message]) => {
  expect(answerTo(JSON.parse(JSON.stringify(object)) as KubernetesObject)).toMatch(message);
});

describe("a RoleBinding", () => {
  test("cannot be changed to another role", () => {
    const stored = store.create(binding({}, account));
    const other = { ...stored, roleRef: { apiGroup: group, kind: "Role", name: "other" } };
    expect(() => store.replace(other)).toThrow(/roleRef: Invalid value: .* cannot change roleRef/);
  });
});
