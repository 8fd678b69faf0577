import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ApiException,
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  setHeaderOptions,
  VersionApi,
} from "@kubernetes/client-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CutoverClock } from "../../../../rehearsal/clock.ts";
import { apiServer } from "../../../../rehearsal/world/api-server/http.ts";
import { MemoryObjectStore } from "../../../../rehearsal/world/api-server/object-store.ts";
import { deployment, virtualService } from "./objects.ts";

const prefix = "/cluster";
const namespace = "production";
const route = {
  group: "networking.istio.io",
  version: "v1",
  namespace,
  plural: "virtualservices",
  name: "lms",
};

let store: MemoryObjectStore;
let server: Server;
let url: string;
const config = new KubeConfig();

beforeEach(async () => {
  store = new MemoryObjectStore(CutoverClock.startingAt(0), [namespace]);
  const answer = apiServer(store);
  server = createServer((req, res) => {
    void answer(req, res, (req.url ?? "").slice(prefix.length)).then((answered) => {
      if (!answered) res.writeHead(418).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${prefix}`;
  config.loadFromClusterAndUser({ name: "c", server: url, skipTLSVerify: true }, { name: "u" });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "accepted",
    (error: unknown) => {
      if (!(error instanceof ApiException)) throw error;
      return { code: error.code, ...(JSON.parse(String(error.body)) as object) };
    },
  );
const patching = (strategy: PatchStrategy): ReturnType<typeof setHeaderOptions> =>
  setHeaderOptions("Content-Type", strategy);

describe("custom objects", () => {
  const api = (): CustomObjectsApi => config.makeApiClient(CustomObjectsApi);
  const weights = (green: number): object => ({
    spec: { http: virtualService(100 - green, green).spec?.http },
  });

  test("are read back as stored", async () => {
    const stored = store.create(virtualService(90, 10));
    expect(await api().getNamespacedCustomObject(route)).toEqual(stored);
    expect(await api().listNamespacedCustomObject(route)).toMatchObject({
      kind: "VirtualServiceList",
      items: [stored],
    });
  });

  test("an operator's merge patch moves the weights", async () => {
    store.create(virtualService(90, 10));
    const options = patching(PatchStrategy.MergePatch);
    await api().patchNamespacedCustomObject({ ...route, body: weights(50) }, options);
    expect(store.list("networking.istio.io/v1", "VirtualService")[0]?.spec).toEqual(
      virtualService(50, 50).spec,
    );
  });

  test("a JSON patch moves one weight, and both or none pass", async () => {
    store.create(virtualService(90, 10));
    const at = (index: number): string => `/spec/http/0/route/${String(index)}/weight`;
    const options = patching(PatchStrategy.JsonPatch);
    const one = [{ op: "replace", path: at(0), value: 50 }];
    expect(
      await refusal(api().patchNamespacedCustomObject({ ...route, body: one }, options)),
    ).toMatchObject({
      kind: "Status",
      status: "Failure",
      code: 422,
      reason: "Invalid",
      message: expect.stringContaining("total destination weight 60 != 100") as string,
    });
    const both = [...one, { op: "replace", path: at(1), value: 50 }];
    await api().patchNamespacedCustomObject({ ...route, body: both }, options);
    expect(store.list("networking.istio.io/v1", "VirtualService")[0]?.spec).toEqual(
      virtualService(50, 50).spec,
    );
  });

  test("can be made, dry-run and deleted", async () => {
    await api().createNamespacedCustomObject({
      ...route,
      body: virtualService(90, 10),
      dryRun: "All",
    });
    expect(store.list("networking.istio.io/v1", "VirtualService")).toEqual([]);
    await api().createNamespacedCustomObject({ ...route, body: virtualService(90, 10) });
    await api().deleteNamespacedCustomObject(route);
    expect(store.list("networking.istio.io/v1", "VirtualService")).toEqual([]);
  });

  test("of a kind nobody installed are not found", async () => {
    expect(
      await refusal(api().getNamespacedCustomObject({ ...route, plural: "gateways" })),
    ).toMatchObject({
      code: 404,
      message: expect.stringContaining(
        "the server could not find the requested resource",
      ) as string,
    });
  });
});

describe("built-in kinds", () => {
  const apps = (): AppsV1Api => config.makeApiClient(AppsV1Api);
  const named = { name: "lms-green", namespace };

  test("get, list by label, replace with the version that was read", async () => {
    const object = deployment();
    store.create({ ...object, metadata: { ...object.metadata, labels: { side: "green" } } });
    const read = await apps().readNamespacedDeployment(named);
    expect(read.spec?.replicas).toBe(3);
    const labelled = await apps().listNamespacedDeployment({
      namespace,
      labelSelector: "side=green",
    });
    expect(labelled.items).toHaveLength(1);
    const others = await apps().listDeploymentForAllNamespaces({ labelSelector: "side=blue" });
    expect(others.items).toEqual([]);
    if (read.spec !== undefined) read.spec.replicas = 4;
    await apps().replaceNamespacedDeployment({ ...named, body: read });
    expect(
      await refusal(
        apps().replaceNamespacedDeployment({
          ...named,
          body: { ...read, spec: { ...read.spec, replicas: 9 } as never },
        }),
      ),
    ).toMatchObject({
      code: 409,
      reason: "Conflict",
    });
  });

  test("refusals are Status objects", async () => {
    expect(await refusal(apps().readNamespacedDeployment(named))).toMatchObject({
      code: 404,
      reason: "NotFound",
      message: 'deployments.apps "lms-green" not found',
    });
    store.create(deployment());
    const options = patching(PatchStrategy.StrategicMergePatch);
    expect(
      await refusal(apps().patchNamespacedDeployment({ ...named, body: {} }, options)),
    ).toMatchObject({
      code: 415,
      reason: "UnsupportedMediaType",
    });
    const renamed = { metadata: { name: "other" } };
    expect(
      await refusal(
        apps().patchNamespacedDeployment(
          { ...named, body: renamed },
          patching(PatchStrategy.MergePatch),
        ),
      ),
    ).toMatchObject({
      code: 400,
      message: "the name of the object (other) does not match the name on the URL (lms-green)",
    });
  });

  test("namespaces and discovery", async () => {
    const core = config.makeApiClient(CoreV1Api);
    expect((await core.readNamespace({ name: namespace })).metadata?.name).toBe(namespace);
    expect((await core.listNamespace()).items).toHaveLength(3);
    expect((await config.makeApiClient(VersionApi).getCode()).major).toBe("1");
    const groups = (await (await fetch(`${url}/apis`)).json()) as { groups: { name: string }[] };
    expect(groups.groups.map(({ name }) => name)).toContain("networking.istio.io");
    const kinds = await (await fetch(`${url}/apis/networking.istio.io/v1`)).json();
    expect(kinds).toMatchObject({
      resources: [{ kind: "VirtualService" }, { kind: "DestinationRule" }],
    });
  });
});

test("leaves other paths to others", async () => {
  expect((await fetch(`${url}/metrics`)).status).toBe(418);
});

test("says what is no JSON", async () => {
  const path = `${url}/apis/apps/v1/namespaces/${namespace}/deployments`;
  const response = await fetch(path, { method: "POST", body: "{" });
  expect(await response.json()).toMatchObject({ code: 400, reason: "BadRequest" });
});
