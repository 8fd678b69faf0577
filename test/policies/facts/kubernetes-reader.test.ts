import { describe, expect, test } from "vitest";
import { kubernetesReader } from "../../../policies/facts/kubernetes-reader.ts";
import { json, localSource } from "./local-source.ts";

const connectedTo = (url: string) =>
  kubernetesReader({ by: "world", server: `${url}/kubernetes`, timeoutMilliseconds: 5_000 });

describe("Deployments", () => {
  const deployment = (status: object, spec: object = {}) => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "lms-green", generation: 4 },
    spec: {
      replicas: 3,
      selector: {},
      template: {
        spec: {
          containers: [
            { name: "proxy", image: "p@sha256:1" },
            { name: "lms", image: "r/lms:v3@sha256:2" },
          ],
        },
      },
      ...spec,
    },
    status,
  });
  const read = async (body: unknown) => {
    const { url } = await localSource(() => json(body));
    return connectedTo(url).deployment({ namespace: "production", name: "lms-green" }, "lms");
  };
  test("say how many replicas are ready, and which image they run", async () =>
    expect(
      await read(
        deployment({ replicas: 3, readyReplicas: 3, updatedReplicas: 3, observedGeneration: 4 }),
      ),
    ).toEqual({
      known: true,
      value: {
        name: "lms-green",
        desired: 3,
        ready: 3,
        updated: 3,
        total: 3,
        observed: true,
        imageDigest: "sha256:2",
      },
    }));
  test("what the status leaves out is none; an old status is not of this template", async () =>
    expect(await read(deployment({ replicas: 3, observedGeneration: 3 }))).toMatchObject({
      value: { ready: 0, updated: 0, total: 3, observed: false },
    }));
  test("an image by tag has no digest", async () =>
    expect(
      await read(
        deployment(
          {},
          { template: { spec: { containers: [{ name: "lms", image: "r/lms:v3" }] } } },
        ),
      ),
    ).toMatchObject({ value: { imageDigest: "" } }));
  test("one without a template is not known", async () =>
    expect((await read({ kind: "Deployment", metadata: {}, spec: {}, status: {} })).known).toBe(
      false,
    ));
});

describe("Leases", () => {
  const read = async (body: unknown) => {
    const { url } = await localSource(() => json(body));
    return connectedTo(url).lease({ namespace: "production", name: "lms-maintenance" });
  };
  const metadata = { name: "lms-maintenance", annotations: { "cutover/maintenance": "on" } };

  test("say who holds them, since when and for how long", async () => {
    const spec = {
      holderIdentity: "lms-maintenance",
      acquireTime: "2026-01-10T22:46:00.000000Z",
      leaseDurationSeconds: 1_500,
    };
    expect(await read({ metadata, spec })).toMatchObject({ known: true, value: { spec } });
  });

  test("that nobody ever held are held by nobody", async () =>
    expect(await read({ metadata: { name: "lms-maintenance" } })).toMatchObject({
      known: true,
      value: { spec: {} },
    }));

  test("are unknown where the answer is no Lease, or the cluster has none", async () => {
    expect(await read({ metadata, spec: { leaseDurationSeconds: "long" } })).toMatchObject({
      known: false,
    });
    const { url } = await localSource(() => (response) => {
      response.writeHead(404).end();
    });
    expect(
      await connectedTo(url).lease({ namespace: "production", name: "lms-maintenance" }),
    ).toMatchObject({ known: false, reason: expect.stringContaining("lms-maintenance") as string });
  });
});
