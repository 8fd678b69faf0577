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
