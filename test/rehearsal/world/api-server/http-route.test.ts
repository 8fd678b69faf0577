import { expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import { ApiError, type KubernetesObject } from "../../../../rehearsal/world/kubernetes-object.ts";

const store = new MemoryObjectStore(CutoverClock.startingAt(0), ["production"]);
const blue = { name: "lms-blue", port: 8000, weight: 90 };
const green = { name: "lms-green", port: 8000, weight: 10 };
const route = (spec: object = {}): KubernetesObject => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "lms-route", namespace: "production" },
  spec: {
    hostnames: ["lms.company.com"],
    parentRefs: [{ name: "public", namespace: "infra" }],
    rules: [{ backendRefs: [blue, green] }],
    ...spec,
  },
});
const rule = (given: object) => route({ rules: [{ backendRefs: [blue, green], ...given }] });
const header = { name: "x-tester", value: "yes" };

const answerTo = (object: KubernetesObject): string => {
  try {
    store.dryRun(object);
    return "accepted";
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
};

test.for([
  ["both sides", route()],
  ["weights that are no percent", rule({ backendRefs: [{ ...blue, weight: 1_000_000 }] })],
  ["a single backend at weight 0", rule({ backendRefs: [{ ...blue, weight: 0 }] })],
  [
    "all weights zero",
    rule({
      backendRefs: [
        { ...blue, weight: 0 },
        { ...green, weight: 0 },
      ],
    }),
  ],
  ["a match by header", rule({ matches: [{ headers: [header] }] })],
  ["a timeout", rule({ timeouts: { request: "15s", backendRequest: "5s" } })],
  ["no timeout at all", rule({ timeouts: { request: "0s", backendRequest: "5s" } })],
  [
    "a regular expression that begins as it likes",
    rule({
      matches: [{ path: { type: "RegularExpression", value: ".*" } }],
    }),
  ],
  [
    "two listeners of one gateway",
    route({
      parentRefs: [
        { name: "public", sectionName: "https" },
        { name: "public", sectionName: "http" },
      ],
    }),
  ],
] as const)("the API server takes %s", ([, object]) => expect(answerTo(object)).toBe("accepted"));

test.for([
  [rule({ backendRefs: [{ name: "lms-blue" }] }), "Must have port for Service reference"],
  [
    rule({ backendRefs: [{ ...blue, weight: -1 }] }),
    "spec.rules[0].backendRefs[0].weight: Invalid value: -1",
  ],
  [rule({ backendRefs: [{ ...blue, weight: 1_000_001 }] }), "Invalid value: 1000001"],
  [rule({ backendRefs: [{ ...blue, weight: "90" }] }), "must be of type integer"],
  [rule({ backendRefs: [{ ...blue, port: 0 }] }), "spec.rules[0].backendRefs[0].port"],
  [rule({ backendRefs: [{ port: 80 }] }), "spec.rules[0].backendRefs[0].name: Required value"],
  [rule({ timeouts: { request: "1.5s" } }), "spec.rules[0].timeouts.request: Invalid value"],
  [
    rule({ timeouts: { request: "5s", backendRequest: "15s" } }),
    "backendRequest timeout cannot be longer than request timeout",
  ],
  [
    rule({ matches: [{ path: { type: "PathPrefix", value: "api" } }] }),
    "value must be an absolute path and start with '/'",
  ],
  [
    rule({ filters: [{ type: "RequestRedirect", requestRedirect: { hostname: "x.example" } }] }),
    "RequestRedirect filter must not be used together with backendRefs",
  ],
  [
    route({ parentRefs: [{ name: "public" }, { name: "public" }] }),
    "sectionName or port must be unique",
  ],
  [route({ parentRefs: [{ namespace: "infra" }] }), "spec.parentRefs[0].name: Required value"],
  [route({ hostnames: ["UPPER.example"] }), "spec.hostnames[0]: Invalid value"],
  [route({ rules: Array.from({ length: 17 }, () => ({})) }), "spec.rules: Invalid value"],
  [rule({ weight: 10 }), 'unknown field "spec.rules[0].weight"'],
] as const)("it refuses what the CRD refuses: %#", ([object, answer]) =>
  expect(answerTo(object)).toContain(answer),
);

test("what a route leaves out is filled in as the CRD says", () => {
  const written = store.create(
    route({ rules: [{ backendRefs: [{ name: "lms-blue", port: 8000 }] }] }),
  );
  expect(written.spec).toMatchObject({
    parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: "public" }],
    rules: [
      {
        matches: [{ path: { type: "PathPrefix", value: "/" } }],
        backendRefs: [{ group: "", kind: "Service", name: "lms-blue", weight: 1 }],
      },
    ],
  });
});
