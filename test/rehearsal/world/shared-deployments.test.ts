import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { settle } from "../../../definition/tbd.ts";
import { kubernetesReader } from "../../../policies/facts/kubernetes-reader.ts";
import { deploymentProblems } from "../../../policies/rules/deployment-problems.ts";
import { CutoverClock } from "../../../rehearsal/clock.ts";
import { apiServer } from "../../../rehearsal/world/api-server/http.ts";
import { MemoryObjectStore } from "../../../rehearsal/world/api-server/object-store.ts";
import {
  sharedDeployments,
  standUpShared,
  takeDownShared,
} from "../../../rehearsal/world/shared-deployments.ts";
import { lms } from "../../../stacks/lms.ts";
import { rawdog } from "../../../stacks/rawdog.ts";

const named = sharedDeployments(settle(lms, { rehearsal: true, file: "stacks/lms.ts" }));

test("S1-39: what the LMS stands on is its mesh", () => {
  expect(named).toEqual([
    { namespace: "istio-system", name: "istiod" },
    { namespace: "istio-system", name: "istio-ingressgateway" },
  ]);
});

test("a system that asks about nothing else has nothing else", () => {
  expect(sharedDeployments(settle(rawdog, { rehearsal: true, file: "stacks/rawdog.ts" }))).toEqual(
    [],
  );
});

test("one that two components name stands there once", () => {
  const [mesh] = lms.readiness?.components.filter(({ name }) => name === "mesh") ?? [];
  const components = mesh === undefined ? [] : [mesh, { ...mesh, name: "again" }];
  const { readiness } = settle(lms, { rehearsal: true, file: "stacks/lms.ts" });
  expect(
    sharedDeployments({
      ...(readiness !== undefined && { readiness: { ...readiness, components } }),
    }),
  ).toEqual(named);
});

test("each stands whole until it is taken down, as the gates' reader sees it", async () => {
  const store = new MemoryObjectStore(CutoverClock.startingAt(0), ["istio-system"]);
  standUpShared(store, named);
  const answer = apiServer(store);
  const server = createServer((request, response) => {
    void answer(request, response, request.url ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reader = kubernetesReader({ by: "world", server: url });
  const problems = async () =>
    Promise.all(
      named.map(async (one) => {
        const found = await reader.deployment(one);
        return found.known ? deploymentProblems(found.value, { least: 1 }) : [found.reason];
      }),
    );
  try {
    expect(await problems()).toEqual([[], []]);
    const [first] = named;
    if (first !== undefined) takeDownShared(store, first);
    expect(await problems()).toEqual([["0 of 2 replicas of istiod are ready"], []]);
  } finally {
    server.close();
  }
});
