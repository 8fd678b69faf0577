import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { Interruptions } from "../../../../rehearsal/providers/interruptions.ts";
import { startKubernetesProvider } from "../../../../rehearsal/providers/kubernetes/kubernetes-provider.ts";
import {
  secret,
  UNKNOWN,
  type Properties,
} from "../../../../rehearsal/providers/property-values.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import type { ObjectReference } from "../../../../rehearsal/world/kubernetes-object.ts";
import { deployment, job, service, virtualService } from "../../world/api-server/objects.ts";
import { initializationDetail, ProviderClient } from "../provider-client.ts";

const types = {
  configMap: "kubernetes:core/v1:ConfigMap",
  deployment: "kubernetes:apps/v1:Deployment",
  job: "kubernetes:batch/v1:Job",
  service: "kubernetes:core/v1:Service",
  virtualService: "kubernetes:networking.istio.io/v1:VirtualService",
};
const green: ObjectReference = {
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

let clock: CutoverClock;
let store: MemoryObjectStore;
let interruptions: Interruptions;
let client: ProviderClient;
let stop: () => Promise<void>;

beforeEach(async () => {
  clock = CutoverClock.startingAt(Date.parse("2026-03-01T22:00:00Z"));
  store = new MemoryObjectStore(clock, ["production"]);
  interruptions = new Interruptions();
  const reasons = ({ name }: ObjectReference): readonly string[] => [
    `[Pod production/${name}-1]: containers with unready status: [lms]`,
  ];
  const provider = await startKubernetesProvider({ store, clock, reasons }, interruptions);
  ({ stop } = provider);
  client = new ProviderClient(provider.port);
  await client.configure({ namespace: "production" });
});
afterEach(async () => {
  client.close();
  await stop();
});

const complete = { observedGeneration: 1, replicas: 3, updatedReplicas: 3, availableReplicas: 3 };
/** Plays the controller: gives the first object of a kind this status as soon as it is stored. */
const controller = (status: Properties): void => {
  const stopWatching = store.watch((change) => {
    if (change.type !== "applied") return;
    const { apiVersion, kind, metadata } = change.object;
    const { name, namespace = "" } = metadata;
    stopWatching();
    setTimeout(() => {
      store.setStatus({ apiVersion, kind, namespace, name }, status);
    }, 20);
  });
};
const failureOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => {
      throw new Error("expected a failure");
    },
    (error: unknown) => error,
  );

describe("check", () => {
  test("fills in namespace, name and what the token says", async () => {
    const { inputs, failures } = await client.check(types.configMap, { data: { a: "b" } });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      data: { a: "b" },
      metadata: {
        name: "example-07070707",
        namespace: "production",
        annotations: { "pulumi.com/autonamed": "true" },
      },
    });
  });

  test("keeps a name it made up before", async () => {
    const old = {
      metadata: { name: "example-1", annotations: { "pulumi.com/autonamed": "true" } },
    };
    const { inputs } = await client.check(types.configMap, {}, old);
    expect(inputs).toMatchObject({ metadata: { name: "example-1" } });
  });

  test("puts what belongs to no namespace in none, and what names none in the context's", async () => {
    const kubeconfig = `
current-context: rehearsal
contexts:
  - { name: rehearsal, context: { cluster: c, user: u, namespace: staging } }`;
    await client.configure({ kubeconfig });
    const named = { metadata: { name: "a" } };
    const namespace = await client.check("kubernetes:core/v1:Namespace", named);
    expect(namespace.inputs).toMatchObject({ metadata: { name: "a" } });
    expect(namespace.inputs).not.toHaveProperty("metadata.namespace");
    const map = await client.check(types.configMap, named);
    expect(map.inputs).toMatchObject({ metadata: { namespace: "staging" } });
  });

  test("refuses another kind than the token's, and an unreadable kubeconfig", async () => {
    const { failures } = await client.check(types.configMap, { kind: "Secret" });
    expect(failures).toEqual([`kind: is Secret, expected ConfigMap for ${types.configMap}`]);
    expect(await client.checkConfig({ kubeconfig: "/home/operator/.kube/config" })).toEqual([
      "is no kubeconfig: expected its YAML or JSON, with clusters, users and contexts",
    ]);
    expect(await client.checkConfig({ kubeconfg: "{}" })).toEqual([
      "the Kubernetes provider has no option kubeconfg",
    ]);
  });
});

describe("diff", () => {
  test("a stage change is two weights", async () => {
    const before = virtualService(90, 10);
    expect(await client.diff(types.virtualService, before, virtualService(50, 50))).toMatchObject({
      changes: [
        ["spec.http[0].route[0].weight", 4],
        ["spec.http[0].route[1].weight", 4],
      ],
      replaces: [],
    });
  });

  test.for([
    { type: types.deployment, path: "spec.selector", after: deployment({ selector: {} }) },
    { type: types.deployment, path: "metadata.name", after: deployment({}, { name: "other" }) },
  ])("$path replaces", async ({ type, after }) => {
    expect((await client.diff(type, deployment(), after)).replaces).not.toEqual([]);
  });

  test("a replacement of the same name needs the old one gone first", async () => {
    const sameName = await client.diff(types.job, job(), job({}, { restartPolicy: "OnFailure" }));
    expect(sameName).toMatchObject({ replaces: ["spec"], deleteBeforeReplace: true });
    const otherName = await client.diff(
      types.deployment,
      deployment(),
      deployment({}, { name: "o" }),
    );
    expect(otherName.deleteBeforeReplace).toBe(false);
  });
});

describe("preview", () => {
  test("checks through the API server and stores nothing", async () => {
    const { id, outputs } = await client.create(types.virtualService, virtualService(90, 10), {
      preview: true,
    });
    expect(id).toBe("");
    expect(outputs).toMatchObject({ metadata: { name: "lms", uid: UNKNOWN }, status: UNKNOWN });
    expect(store.get(route)).toBeUndefined();
    const wrong = client.create(types.virtualService, virtualService(90, 20), { preview: true });
    await expect(wrong).rejects.toThrow("total destination weight 110 != 100");
  });

  test("leaves what is unknown for later", async () => {
    const given = virtualService(UNKNOWN, UNKNOWN);
    const { outputs } = await client.create(types.virtualService, given, { preview: true });
    expect(outputs).toEqual(given);
  });

  test("of an update keeps what the server has, and knows the new weights", async () => {
    const inputs = virtualService(90, 10);
    const { id, outputs: oldOutputs } = await client.create(types.virtualService, inputs);
    const planned = await client.update(
      types.virtualService,
      id,
      { oldInputs: inputs, oldOutputs, inputs: virtualService(50, 50) },
      { preview: true },
    );
    expect(planned).toMatchObject({
      metadata: store.get(route)?.metadata,
      spec: virtualService(50, 50).spec,
      status: UNKNOWN,
    });
    expect(store.get(route)?.spec).toEqual(inputs.spec);
  });

  test("accepts an object in a namespace that the same update makes, or that it replaces", async () => {
    const elsewhere = { ...virtualService(90, 10), metadata: { name: "lms", namespace: "new" } };
    await client.create(types.virtualService, elsewhere, { preview: true });
    store.create(deployment());
    const other = deployment({ selector: { matchLabels: { app: "lms-green", tier: "web" } } });
    await client.create(types.deployment, other, { preview: true });
  });
});

describe("verbs", () => {
  test("create gives namespace/name and the live object; secrets stay secret", async () => {
    const inputs = {
      ...service({ selector: {} }),
      metadata: { name: "lms", namespace: "production", labels: { a: secret("b") } },
    };
    const { id, outputs } = await client.create(types.service, inputs);
    expect(id).toBe("production/lms");
    expect(outputs).toMatchObject({
      metadata: { labels: { a: secret("b") }, creationTimestamp: "2026-03-01T22:00:00Z" },
      spec: { clusterIP: "10.96.0.2" },
    });
  });

  test("create of what exists fails", async () => {
    store.create(virtualService(100, 0));
    const failure = await failureOf(client.create(types.virtualService, virtualService(90, 10)));
    expect(failure).toMatchObject({
      details: expect.stringMatching(
        /was not successfully created by the Kubernetes API server: virtualservices.networking.istio.io "lms" already exists$/,
      ) as string,
    });
    expect(initializationDetail(failure)).toBeUndefined();
  });

  test("update leaves alone what others set, and removes what is asked no more", async () => {
    const inputs = deployment({ replicas: undefined, paused: true });
    controller({ ...complete, availableReplicas: 1, updatedReplicas: 1, replicas: 1 });
    const { id, outputs: oldOutputs } = await client.create(types.deployment, inputs);
    const live = store.get(green);
    // An autoscaler scales the deployment.
    store.replace({ ...deployment(), spec: { ...live?.spec, replicas: 5 } });
    controller({ observedGeneration: 3, replicas: 5, updatedReplicas: 5, availableReplicas: 5 });
    const next = deployment({ replicas: undefined, minReadySeconds: 5 });
    await client.update(types.deployment, id, { oldInputs: inputs, oldOutputs, inputs: next });
    expect(store.get(green)?.spec).toMatchObject({ replicas: 5, minReadySeconds: 5 });
    expect(store.get(green)?.spec).not.toHaveProperty("paused");
  });

  test("read for a refresh finds what changed; for an import, inputs; for the deleted, nothing", async () => {
    const inputs = virtualService(90, 10);
    const { id, outputs } = await client.create(types.virtualService, inputs);
    store.replace(virtualService(0, 100));
    const drifted = await client.read(types.virtualService, id, inputs, outputs);
    expect(drifted.inputs).toEqual(virtualService(0, 100));
    expect(drifted.outputs).toEqual(store.get(route));
    expect((await client.read(types.virtualService, id)).inputs).toEqual(virtualService(0, 100));
    await client.delete(types.virtualService, id);
    expect((await client.read(types.virtualService, id)).id).toBe("");
    await client.delete(types.virtualService, id);
  });

  test("names a kind that the cluster does not have", async () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a", namespace: "production" } };
    await expect(client.create("kubernetes:core/v1:Pod", pod)).rejects.toThrow(
      "the server could not find the requested resource (Pod in v1)",
    );
  });
});

describe("a Deployment", () => {
  test("is done when its rollout is complete", async () => {
    controller(complete);
    const { outputs } = await client.create(types.deployment, deployment());
    expect(outputs).toMatchObject({ status: complete });
  });

  test("fails at its progress deadline, and is recorded", async () => {
    const conditions = [
      {
        type: "Progressing",
        status: "False",
        reason: "ProgressDeadlineExceeded",
        message: 'ReplicaSet "lms-green-1" has timed out progressing.',
      },
    ];
    controller({ ...complete, availableReplicas: 0, conditions });
    const failure = await failureOf(client.create(types.deployment, deployment()));
    const detail = initializationDetail(failure);
    expect(detail).toMatchObject({
      id: "production/lms-green",
      outputs: { metadata: { name: "lms-green" }, status: { availableReplicas: 0 } },
    });
    expect(detail?.reasons).toEqual([
      expect.stringMatching(
        /failed to fully initialize or become live: Resource 'lms-green' was created but failed to initialize$/,
      ),
      '[ProgressDeadlineExceeded] ReplicaSet "lms-green-1" has timed out progressing.',
      "Minimum number of Pods to consider the application live was not attained",
      "[Pod production/lms-green-1]: containers with unready status: [lms]",
    ]);
  });

  test.for([
    { by: "its custom timeout", annotations: {}, timeoutSeconds: 60 },
    { by: "its annotation", annotations: { "pulumi.com/timeoutSeconds": "60" }, timeoutSeconds: 0 },
    { by: "ten minutes", annotations: {}, timeoutSeconds: 0 },
  ])("times out by $by, in cutover time", async ({ annotations, timeoutSeconds }) => {
    clock.setRate(2000);
    const object = deployment();
    const inputs = { ...object, metadata: { ...object.metadata, annotations } };
    const from = clock.now();
    const failure = await failureOf(client.create(types.deployment, inputs, { timeoutSeconds }));
    expect(initializationDetail(failure)?.reasons[0]).toContain(
      "'lms-green' timed out waiting to be Ready",
    );
    const least = annotations["pulumi.com/timeoutSeconds"] ?? timeoutSeconds;
    expect((clock.now() - from) / 1000).toBeGreaterThanOrEqual(Number(least) || 600);
  });

  test("is not waited for with skipAwait", async () => {
    const object = deployment();
    const annotations = { "pulumi.com/skipAwait": "true" };
    const inputs = { ...object, metadata: { ...object.metadata, annotations } };
    expect((await client.create(types.deployment, inputs)).id).toBe("production/lms-green");
  });

  test("that failed is waited for again by the next update, without a change", async () => {
    const inputs = deployment();
    store.create(inputs);
    const update = client.update(types.deployment, "production/lms-green", {
      oldInputs: inputs,
      oldOutputs: {},
      inputs,
    });
    setTimeout(() => {
      store.setStatus(green, complete);
    }, 50);
    expect(await update).toMatchObject({ status: complete });
  });

  test("is recorded as it stands when the engine is told to stop", async () => {
    const created = failureOf(client.create(types.deployment, deployment()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.cancel();
    expect(initializationDetail(await created)).toMatchObject({ id: "production/lms-green" });
    const next = { ...service({ selector: {} }), apiVersion: "v1" };
    expect((await client.create(types.service, next)).id).toBe("production/lms");
  });

  test("that somebody deletes meanwhile fails at once", async () => {
    const created = client.create(types.deployment, deployment());
    const stopWatching = store.watch(() => {
      stopWatching();
      store.delete(green);
    });
    await expect(created).rejects.toThrow("'lms-green' was deleted while it was waited for");
  });
});

describe("other kinds", () => {
  test("a Job is done when it is complete", async () => {
    controller({ succeeded: 1, conditions: [{ type: "Complete", status: "True" }] });
    expect((await client.create(types.job, job())).outputs).toMatchObject({
      status: { succeeded: 1 },
    });
  });

  test("a Job that failed fails with its condition", async () => {
    const failed = {
      type: "Failed",
      status: "True",
      reason: "BackoffLimitExceeded",
      message: "it gave up",
    };
    controller({ failed: 1, conditions: [failed] });
    const failure = await failureOf(client.create(types.job, job()));
    expect(initializationDetail(failure)?.reasons).toContain("[BackoffLimitExceeded] it gave up");
  });

  test("a Service waits for the pods it selects, if there are any", async () => {
    expect((await client.create(types.service, service({}, "early"))).id).toBe("production/early");
    store.create(deployment());
    store.setStatus(green, { replicas: 3, readyReplicas: 0 });
    let done = false;
    const late = client.create(types.service, service({}, "late")).then(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(done).toBe(false);
    store.setStatus(green, { replicas: 3, readyReplicas: 3 });
    await late;
  });
});

describe("interruptions", () => {
  const set = async (interruption: "fail-before" | "fail-after" | "no-op"): Promise<unknown> => {
    const inputs = virtualService(100, 0);
    const { id, outputs: oldOutputs } = await client.create(types.virtualService, inputs);
    interruptions.next({ type: types.virtualService, name: "lms" }, interruption);
    return client
      .update(types.virtualService, id, {
        oldInputs: inputs,
        oldOutputs,
        inputs: virtualService(90, 10),
      })
      .then(({ spec }) => spec)
      .catch((error: unknown) => (error as { details: string }).details);
  };
  const stored = (): unknown => store.get(route)?.spec;

  test("fail-before leaves the weights", async () => {
    expect(await set("fail-before")).toContain("has prevented the request from succeeding");
    expect(stored()).toEqual(virtualService(100, 0).spec);
  });

  test("fail-after moves the weights and fails", async () => {
    expect(await set("fail-after")).toContain("may still be processing the request");
    expect(stored()).toEqual(virtualService(90, 10).spec);
  });

  test("no-op tells of weights that nothing has", async () => {
    expect(await set("no-op")).toEqual(virtualService(90, 10).spec);
    expect(stored()).toEqual(virtualService(100, 0).spec);
  });
});
