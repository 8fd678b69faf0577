import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { LoopbackServer } from "../../../rehearsal/world/application/loopback-server.ts";
import { PodDirectory, type PodEndpoint } from "../../../rehearsal/world/pods/pod-directory.ts";
import { sideAddresses } from "../../../rehearsal/world/side-addresses.ts";
import { system } from "../../policies/lms-night.ts";
import { service } from "./cluster-objects.ts";
import { inMemoryObjectStore } from "./in-memory-object-store.ts";

/** The sides' addresses of a cluster in which green has one pod that says what it was asked. */
const started = async (changes: Partial<PodEndpoint> = {}) => {
  const pod = await LoopbackServer.start((request, response) => {
    const { method, url, headers } = request;
    response.writeHead(201, { "x-served-by": "green" });
    response.end(JSON.stringify({ method, url, agent: headers["user-agent"] }));
  });
  onTestFinished(() => pod.stop());
  const store = inMemoryObjectStore();
  store.create(service("lms-green"));
  const directory = new PodDirectory();
  directory.add({
    ...{ name: "lms-green-1", namespace: "production", workload: "lms-green", side: "green" },
    ...{ labels: { app: "lms-green" }, origin: pod.origin, ready: true },
    ...changes,
  });
  const answer = sideAddresses(system, store, directory);
  const server = createServer((request, response) => {
    if (!answer(request, response, request.url ?? "/")) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test("a side's own address leads to its pods, whatever the weights are, and counts in no share", async () => {
  const url = await started();
  const answer = await fetch(`${url}/lms-green/api/health?deep=1`, { method: "POST", body: "x" });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("x-served-by")).toBe("green");
  expect(await answer.json()).toEqual({
    method: "POST",
    url: "/api/health?deep=1",
    agent: expect.stringMatching(/^kube-probe/) as string,
  });
});

test("without a ready pod it answers 503, and knows no third side", async () => {
  const url = await started({ ready: false });
  expect((await fetch(`${url}/lms-green/api/health`)).status).toBe(503);
  expect((await fetch(`${url}/lms-blue/api/health`)).status).toBe(503);
  expect((await fetch(`${url}/other/api/health`)).status).toBe(404);
});

test("a pod that cannot be reached is a bad gateway", async () => {
  const url = await started({ origin: "http://127.0.0.1:1" });
  expect((await fetch(`${url}/lms-green/api/health`)).status).toBe(502);
});
