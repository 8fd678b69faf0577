import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seededRandom } from "../../../rehearsal/world/application/seeded-random.ts";
import type { Side } from "../../../rehearsal/world/behaviour.ts";
import { virtualServiceSource } from "../../../rehearsal/world/gateway/virtual-service-source.ts";
import type { Gateway } from "../../../rehearsal/world/gateway.ts";
import { startClusterGateway } from "../../../rehearsal/world/gateway/cluster-gateway.ts";
import type { ObjectStore } from "../../../rehearsal/world/kubernetes-object.ts";
import { PodDirectory, type PodEndpoint } from "../../../rehearsal/world/pods/pod-directory.ts";
import { service, virtualService } from "./cluster-objects.ts";
import { inMemoryObjectStore } from "./in-memory-object-store.ts";

/** How a pod answers: with a status, with nothing for good, or by cutting the connection. */
type Reply = number | "hang" | "reset";
interface TestPod {
  readonly endpoint: PodEndpoint;
  readonly server: Server;
  asked: number;
}

let store: ObjectStore;
let directory: PodDirectory;
let gateway: Gateway;
let pods: TestPod[];
/** The next answers, whichever pod is asked; 200 when there is none. */
let replies: Reply[];

const answer = (side: Side, response: ServerResponse): void => {
  const reply = replies.shift() ?? 200;
  if (reply === "hang") return;
  if (reply === "reset") response.socket?.resetAndDestroy();
  else response.writeHead(reply, { "x-served-by": side }).end("{}");
};

const addPod = async (side: Side, name: string, labels = {}): Promise<TestPod> => {
  const server = createServer((request, response) => {
    pod.asked += 1;
    request.resume().on("end", () => {
      answer(side, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const workload = `lms-${side}`;
  const endpoint = {
    ...{ name, namespace: "production", workload, side, ready: true },
    labels: { app: workload, ...labels },
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
  const pod: TestPod = { endpoint, server, asked: 0 };
  pods.push(pod);
  directory.add(endpoint);
  return pod;
};

beforeEach(async () => {
  store = inMemoryObjectStore();
  directory = new PodDirectory();
  pods = [];
  replies = [];
  for (const name of ["lms-blue", "lms-green"]) store.create(service(name));
  gateway = await startClusterGateway({
    store,
    directory,
    routes: virtualServiceSource({ namespace: "production", name: "lms-vs" }),
    sideOf: ({ host }) => (host.includes("green") ? "green" : "blue"),
    random: seededRandom(42),
  });
});
afterEach(async () => {
  await gateway.stop();
  for (const { server } of pods) {
    server.closeAllConnections();
    server.close();
  }
});

const bothSides = () => Promise.all([addPod("blue", "b1"), addPod("green", "g1")]);
const call = async (headers: Record<string, string> = {}, path = "/") => {
  const response = await fetch(gateway.url + path, { headers });
  const body = await response.text();
  return { status: response.status, servedBy: response.headers.get("x-served-by"), response, body };
};
const shareOfGreen = async (requests: number): Promise<number> => {
  let green = 0;
  for (let sent = 0; sent < requests; sent += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => call()));
    green += answers.filter(({ servedBy }) => servedBy === "green").length;
  }
  return green / requests;
};
const metrics = async () => (await fetch(`${gateway.adminUrl}/metrics`)).text();

test("follows a ladder of weights within the 99.9 % binomial interval", async () => {
  await bothSides();
  store.create(virtualService(0));
  for (const weight of [0, 10, 50, 100, 0]) {
    store.replace(virtualService(weight));
    expect(gateway.applied()).toEqual({ blue: 100 - weight, green: weight });
    const requests = 500;
    const expected = weight / 100;
    const width = 3.29 * Math.sqrt((expected * (1 - expected)) / requests);
    expect(Math.abs((await shareOfGreen(requests)) - expected)).toBeLessThanOrEqual(width);
  }
});

test("spreads over the pods of a side in turn", async () => {
  const sides = await Promise.all([1, 2, 3].map((index) => addPod("blue", `b${index}`)));
  store.create(virtualService(0));
  for (let count = 0; count < 9; count += 1) await call();
  expect(sides.map(({ asked }) => asked)).toEqual([3, 3, 3]);
});

test("a header match takes its own route", async () => {
  await bothSides();
  const tester = {
    match: [{ headers: { "x-cutover-tester": { exact: "green" } } }],
    route: [{ destination: { host: "lms-green.production.svc.cluster.local" } }],
  };
  store.create(virtualService(0, {}, [tester]));
  expect((await call()).servedBy).toBe("blue");
  expect((await call({ "x-cutover-tester": "green" })).servedBy).toBe("green");
  expect((await call({ "x-cutover-tester": "blue" })).servedBy).toBe("blue");
  expect(gateway.applied()).toEqual({ blue: 100, green: 0 });
});

test("resolves a subset through the DestinationRule", async () => {
  await addPod("blue", "v2", { version: "v2" });
  const v3 = await addPod("blue", "v3", { version: "v3" });
  store.create({
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: "lms", namespace: "production" },
    spec: { host: "lms-blue", subsets: [{ name: "new", labels: { version: "v3" } }] },
  });
  const route = (subset: string) => [{ destination: { host: "lms-blue", subset } }];
  store.create(virtualService(0, { route: route("new") }));
  for (let count = 0; count < 5; count += 1) expect((await call()).status).toBe(200);
  expect(v3.asked).toBe(5);
  store.replace(virtualService(0, { route: route("unheard-of") }));
  expect((await call()).status).toBe(503);
});

test("answers 503 with flag UH without a healthy endpoint, and files it under the workload", async () => {
  const { endpoint } = await addPod("green", "g1");
  store.create(virtualService(100));
  expect((await call()).status).toBe(200);
  directory.remove(endpoint);
  const { status, response } = await call();
  expect(status).toBe(503);
  expect(response.headers.get("x-response-flags")).toBe("UH");
  expect(await metrics()).toContain(
    'istio_requests_total{reporter="source",destination_workload="lms-green",kube_namespace="production",response_code="503",response_flags="UH"} 1',
  );
});

test("answers 404 without a route, and 503 when all weights are 0", async () => {
  await bothSides();
  expect((await call()).status).toBe(404);
  const both = ["lms-blue", "lms-green"].map((host) => ({ destination: { host }, weight: 0 }));
  store.create(virtualService(0, { route: both }));
  expect((await call()).status).toBe(503);
});

const retries = (attempts: number, retryOn: string) => ({ retries: { attempts, retryOn } });

test.for([
  { reply: "reset", policy: retries(2, "reset"), status: 200 },
  { reply: "reset", policy: retries(2, "connect-failure"), status: 503 },
  { reply: 503, policy: retries(1, "gateway-error"), status: 200 },
  { reply: 500, policy: retries(1, "gateway-error"), status: 500 },
  { reply: 500, policy: retries(1, "5xx"), status: 200 },
  { reply: 500, policy: retries(0, "5xx"), status: 500 },
  { reply: 503, policy: retries(1, "connect-failure,503"), status: 200 },
  { reply: 503, policy: {}, status: 503 },
] as const)("after $reply with $policy: $status", async ({ reply, policy, status }) => {
  const sides = await Promise.all([addPod("blue", "b1"), addPod("blue", "b2")]);
  replies = [reply];
  store.create(virtualService(0, policy));
  expect((await call()).status).toBe(status);
  // A retry goes to another pod than the one that failed.
  const asked = sides.map((pod) => pod.asked).sort();
  expect(asked).toEqual(status === 200 ? [1, 1] : [0, 1]);
});

test("a pod that does not accept connections costs nothing by default: another one is asked", async () => {
  const gone = await addPod("blue", "b1");
  await addPod("blue", "b2");
  gone.server.close();
  store.create(virtualService(0));
  for (let count = 0; count < 6; count += 1) expect((await call()).status).toBe(200);
});

test("a route's timeout is 504 and ends the tries; a try's own is retried", async () => {
  await Promise.all([addPod("blue", "b1"), addPod("blue", "b2")]);
  replies = ["hang"];
  store.create(virtualService(0, { timeout: "80ms", ...retries(5, "5xx") }));
  const { status, response } = await call();
  expect(status).toBe(504);
  expect(response.headers.get("x-response-flags")).toBe("UT");
  replies = ["hang"];
  store.replace(
    virtualService(0, {
      retries: { attempts: 2, perTryTimeout: "50ms", retryOn: "gateway-error" },
    }),
  );
  expect((await call()).status).toBe(200);
});

test("a caller that goes away is counted with code 0, and nobody is asked again for it", async () => {
  const { endpoint } = await addPod("blue", "b1");
  replies = ["hang"];
  store.create(virtualService(0, retries(2, "5xx")));
  await expect(fetch(gateway.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  await vi.waitFor(async () => {
    expect(await metrics()).toMatch(/lms-blue.*response_code="0",response_flags="DC"\} 1/);
  }, 20_000);
  expect(pods.find((pod) => pod.endpoint === endpoint)?.asked).toBe(1);
});

test("a direct response is the maintenance page, with the route's headers", async () => {
  await bothSides();
  const page = {
    directResponse: { status: 503, body: { string: "back soon" } },
    headers: { response: { set: { "x-maintenance": "true" } } },
    match: [{ uri: { prefix: "/api" } }],
  };
  store.create(virtualService(0, {}, [page]));
  const { status, response, body } = await call({}, "/api/v1/status?x=1");
  expect({ status, body }).toEqual({ status: 503, body: "back soon" });
  expect(response.headers.get("x-maintenance")).toBe("true");
  expect((await call()).status).toBe(200);
});

test("frozen, it goes on as it was; afterwards it takes over what stands", async () => {
  await bothSides();
  store.create(virtualService(0));
  gateway.frozen = true;
  store.replace(virtualService(100));
  expect(gateway.applied()).toEqual({ blue: 100, green: 0 });
  expect((await call()).servedBy).toBe("blue");
  gateway.frozen = false;
  expect((await call()).servedBy).toBe("green");
});

test("keeps the last routes when it does not understand new ones, and says so", async () => {
  await bothSides();
  store.create(virtualService(0));
  store.replace(virtualService(100, { mirror: { host: "lms-blue" } }));
  expect(gateway.problem).toContain("mirror");
  expect((await call()).servedBy).toBe("blue");
  store.replace(virtualService(100));
  expect(gateway.problem).toBeUndefined();
});
