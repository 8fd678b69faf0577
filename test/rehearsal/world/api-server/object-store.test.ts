import { beforeEach, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import type { ObjectChange } from "../../../../rehearsal/world/kubernetes-object.ts";
import { deployment, job, service, virtualService } from "./objects.ts";

const green = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  namespace: "production",
  name: "lms-green",
};
const route = {
  ...green,
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  name: "lms",
};

let store: MemoryObjectStore;
let heard: ObjectChange[];
beforeEach(() => {
  store = new MemoryObjectStore(CutoverClock.startingAt(Date.parse("2026-03-01T22:00:00Z")), [
    "production",
  ]);
  heard = [];
  store.watch((change) => heard.push(change));
});

describe("what the server adds", () => {
  test("uid, time, version, generation and defaults", () => {
    const created = store.create({
      ...deployment({ replicas: undefined }),
      status: { replicas: 9 },
    });
    expect(created.metadata).toMatchObject({
      creationTimestamp: "2026-03-01T22:00:00Z",
      generation: 1,
      resourceVersion: expect.stringMatching(/^\d+$/) as string,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(created.spec).toMatchObject({ replicas: 1, progressDeadlineSeconds: 600 });
    expect(created).not.toHaveProperty("status");
  });

  test("each service an address of its own, which stays", () => {
    const first = store.create(service());
    const second = store.create(service({}, "other"));
    expect(first.spec?.clusterIP).not.toBe(second.spec?.clusterIP);
    const replaced = store.replace(service({ selector: { app: "blue" } }));
    expect(replaced.spec?.clusterIP).toBe(first.spec?.clusterIP);
  });

  test("generation grows with spec only, version with every change", () => {
    const { metadata: first } = store.create(deployment());
    const labelled = deployment();
    const second = store.replace({
      ...labelled,
      metadata: { ...labelled.metadata, labels: { a: "b" } },
    });
    store.setStatus(green, { replicas: 3 });
    const third = store.replace(deployment({ replicas: 4 }));
    expect([first.generation, second.metadata.generation, third.metadata.generation]).toEqual([
      1, 1, 2,
    ]);
    expect(third.status).toEqual({ replicas: 3 });
    expect(third.metadata.uid).toBe(first.uid);
    expect(heard.map((change) => change.type === "applied" && change.specChanged)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(Number(third.metadata.resourceVersion) - Number(first.resourceVersion)).toBe(3);
  });

  test("nothing, when nothing changes", () => {
    const created = store.create(deployment());
    expect(store.replace(deployment())).toBe(created);
    store.setStatus(green, { replicas: 3 });
    store.setStatus(green, { replicas: 3 });
    expect(heard).toHaveLength(2);
  });
});

describe("refusals", () => {
  test.for([
    [
      "create of what exists",
      () => store.create(deployment()),
      409,
      'deployments.apps "lms-green" already exists',
    ],
    [
      "replace of what does not",
      () => store.replace(virtualService(1, 99)),
      404,
      'virtualservices.networking.istio.io "lms" not found',
    ],
    [
      "delete of what does not",
      () => {
        store.delete(route);
      },
      404,
      'virtualservices.networking.istio.io "lms" not found',
    ],
    [
      "status of what does not",
      () => {
        store.setStatus(route, {});
      },
      404,
      "not found",
    ],
    [
      "an unknown kind",
      () => store.list("v1", "Pod"),
      404,
      "the server could not find the requested resource (Pod in v1)",
    ],
    [
      "a selector that changes",
      () => store.replace(deployment({ selector: { matchLabels: { app: "lms-green", a: "b" } } })),
      422,
      "field is immutable",
    ],
  ] as const)("%s", ([, work, status, message]) => {
    store.create(deployment());
    expect(work).toThrow(
      expect.objectContaining({
        status,
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  test("a stale version, and another object's uid", () => {
    const first = store.create(deployment());
    store.replace(deployment({ replicas: 4 }));
    const stale = { ...first, spec: { ...first.spec, replicas: 5 } };
    expect(() => store.replace(stale)).toThrow(
      'Operation cannot be fulfilled on deployments.apps "lms-green": the object has been modified; please apply your changes to the latest version and try again',
    );
    const { resourceVersion: _version, ...metadata } = first.metadata;
    expect(() => store.replace({ ...stale, metadata: { ...metadata, uid: "other" } })).toThrow(
      "modified",
    );
  });

  test("immutable fields of Service and Job", () => {
    store.create(service());
    expect(() => store.replace(service({ clusterIP: "10.0.0.1" }))).toThrow(
      'Service "lms" is invalid: spec.clusterIP: Invalid value: "10.0.0.1": field is immutable',
    );
    store.create(job());
    expect(() => store.replace(job({}, { restartPolicy: "OnFailure" }))).toThrow(
      /spec\.template: .*immutable/,
    );
  });
});

test("a dry run checks both ways and stores nothing", () => {
  store.dryRun(deployment());
  expect(store.get(green)).toBeUndefined();
  store.create(deployment());
  expect(() => {
    store.dryRun(deployment({ selector: { matchLabels: { app: "lms-green", a: "b" } } }));
  }).toThrow("field is immutable");
  expect(store.get(green)?.spec?.replicas).toBe(3);
});

test("lists by kind and namespace", () => {
  store.create(deployment());
  store.create(virtualService(1, 99));
  expect(store.list("apps/v1", "Deployment", "production")).toHaveLength(1);
  expect(store.list("apps/v1", "Deployment", "default")).toEqual([]);
  expect(store.list("v1", "Namespace").map(({ metadata }) => metadata.name)).toEqual([
    "default",
    "kube-system",
    "production",
  ]);
});

test("a namespace takes what is in it along", () => {
  store.create(deployment());
  store.delete({ apiVersion: "v1", kind: "Namespace", namespace: "", name: "production" });
  expect(store.get(green)).toBeUndefined();
  expect(heard.map(({ type, object }) => `${type} ${object.kind}`)).toEqual([
    "applied Deployment",
    "deleted Deployment",
    "deleted Namespace",
  ]);
});

test("listeners that write hear of it after what they heard, and can stop", () => {
  const order: string[] = [];
  const stop = store.watch((change) => {
    if (change.type === "applied" && change.specChanged) store.setStatus(green, { replicas: 0 });
    order.push(change.type === "applied" && change.specChanged ? "spec" : "status");
  });
  store.create(deployment());
  stop();
  store.replace(deployment({ replicas: 5 }));
  expect(order).toEqual(["spec", "status"]);
});

test("what it hands out cannot be changed", () => {
  const created = store.create(deployment());
  expect(() => Object.assign(created.metadata, { name: "x" })).toThrow(TypeError);
});
