import { describe, expect, test } from "vitest";
import { percent } from "../../../definition/units.ts";
import { readHttpRoute } from "../../../policies/facts/http-route-reader.ts";
import { json, localSource } from "./local-source.ts";

const named = { namespace: "production", name: "lms-route" };
const parent = { name: "public", namespace: "infra", sectionName: "https" };
const condition = (type: string, changes: object = {}) => ({
  type,
  status: "True",
  reason: type,
  observedGeneration: 7,
  ...changes,
});
const accepted = [condition("Accepted"), condition("ResolvedRefs")];
const backend = (name: string, weight?: number, more: object = {}) => ({ name, weight, ...more });
const split = [backend("lms-blue", 90), backend("lms-green", 10)];
const route = (
  rules: readonly unknown[][] = [split],
  { parents = [parent], status }: { parents?: unknown[]; status?: unknown } = {},
) => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { generation: 7, annotations: { "cutover/written-over": "6" } },
  spec: { parentRefs: parents, rules: rules.map((backendRefs) => ({ backendRefs })) },
  status: status ?? { parents: [{ parentRef: parent, conditions: accepted }] },
});
const read = async (answer: ReturnType<typeof json>) => {
  const { url, asked } = await localSource(() => answer);
  const reading = await readHttpRoute({ by: "world", server: `${url}/kubernetes` }, named, {
    blue: "lms-blue",
    green: "lms-green",
  });
  return { reading, paths: asked.map(({ path }) => path) };
};
const valueOf = async (body: unknown) => {
  const { reading } = await read(json(body));
  if (!reading.known) throw new Error(reading.reason);
  return reading.value;
};

describe("an HTTPRoute's live weights", () => {
  test("come from the API server, with its version and who writes it", async () => {
    const { reading, paths } = await read(json(route()));
    expect(reading).toEqual({
      known: true,
      value: {
        weights: { blue: 90, green: 10 },
        notInForce: undefined,
        writtenOver: "6",
        version: "7",
        owners: [],
      },
    });
    expect(paths).toEqual([
      "/kubernetes/apis/gateway.networking.k8s.io/v1/namespaces/production/httproutes/lms-route",
    ]);
  });

  test.for([
    ["are shares of their sum", [backend("lms-blue", 9), backend("lms-green", 1)], 90, 10],
    ["are 1 where nothing is said", [backend("lms-blue"), backend("lms-green", 3)], 25, 75],
    ["are everything for one that stands alone", [backend("lms-green")], 0, 100],
    ["are nothing for one that stands alone at 0", [backend("lms-green", 0)], 0, 0],
    ["are none for a host that is not listed", [backend("other", 100)], 0, 0],
    [
      "are not a Service's of another namespace",
      [backend("lms-blue", 50), backend("lms-green", 50, { namespace: "staging" })],
      50,
      0,
    ],
  ] as const)("%s", async ([, backends, blue, green]) =>
    expect(await valueOf(route([[...backends]]))).toMatchObject({ weights: { blue, green } }),
  );

  test.for([
    ["no such route", json({}, 404), "the cluster has no HTTPRoute production/lms-route"],
    ["no rule", json(route([])), "HTTPRoute lms-route has no rule"],
    [
      "rules that differ",
      json(route([split, [backend("lms-blue", 100)]])),
      "the rules of HTTPRoute lms-route have different weights",
    ],
    ["an outage", json("busy", 503), "Kubernetes answered 503"],
  ] as const)("%s: not known", async ([, answer, reason]) =>
    expect((await read(answer)).reading).toMatchObject({ known: false, reason }),
  );

  test("leave the testers' own rule out, and nobody else's", async () => {
    const of = async (match: object) => {
      const { url } = await localSource(() => {
        const body = route();
        const own = { matches: [match], backendRefs: [backend("lms-green", 100)] };
        return json({ ...body, spec: { ...body.spec, rules: [own, ...body.spec.rules] } });
      });
      return readHttpRoute(
        { by: "world", server: `${url}/kubernetes` },
        named,
        { blue: "lms-blue", green: "lms-green" },
        { header: "X-Tester", value: "yes", atMost: percent(1) },
      );
    };
    const headers = [{ type: "Exact", name: "x-tester", value: "yes" }];
    const path = { type: "PathPrefix", value: "/" };
    for (const match of [{ headers }, { headers, path }]) {
      expect(await of(match)).toMatchObject({ value: { weights: { blue: 90, green: 10 } } });
    }
    for (const match of [
      {},
      { path },
      { headers, method: "GET" },
      { headers, path: { ...path, value: "/api" } },
      { headers: [{ ...headers[0], value: "no" }] },
      { headers: [{ ...headers[0], type: "RegularExpression" }] },
      { headers: [...headers, { type: "Exact", name: "x", value: "y" }] },
    ]) {
      expect(await of(match), JSON.stringify(match)).toMatchObject({ known: false });
    }
  });

  test("another tool that writes it is named, Flagger and Argo CD alike", async () => {
    const body = route();
    const metadata = {
      ...body.metadata,
      annotations: { "argocd.argoproj.io/tracking-id": "lms" },
      ownerReferences: [{ kind: "Canary", name: "lms" }],
    };
    expect((await valueOf({ ...body, metadata })).owners).toEqual([
      "Canary lms",
      "Argo CD (argocd.argoproj.io/tracking-id: lms)",
    ]);
  });
});

describe("a route that is stored and does nothing is not in force", () => {
  const refused = (type: string, changes: object) => ({
    parents: [
      {
        parentRef: parent,
        conditions: accepted.map((one) => (one.type === type ? condition(type, changes) : one)),
      },
    ],
  });
  const at = "Gateway infra/public, listener https";
  test.for([
    ["no gateway has said anything", { parents: [] }, `${at} says nothing of it`],
    [
      "another listener has accepted it",
      { parents: [{ parentRef: { ...parent, sectionName: "http" }, conditions: accepted }] },
      `${at} says nothing of it`,
    ],
    [
      "the gateway does not accept it",
      refused("Accepted", { status: "False", reason: "NotAllowedByListeners" }),
      `${at} says Accepted is False (NotAllowedByListeners)`,
    ],
    [
      "a Service is not there",
      refused("ResolvedRefs", { status: "False", reason: "BackendNotFound" }),
      `${at} says ResolvedRefs is False (BackendNotFound)`,
    ],
    [
      "the gateway has seen an older version only",
      refused("Accepted", { observedGeneration: 6 }),
      `${at} has not taken up its latest version`,
    ],
    [
      "one condition is missing",
      { parents: [{ parentRef: parent, conditions: [condition("Accepted")] }] },
      `${at} has not taken up its latest version`,
    ],
  ] as const)("%s", async ([, status, problem]) =>
    expect((await valueOf(route([split], { status }))).notInForce).toBe(
      `HTTPRoute production/lms-route is not in force: ${problem}`,
    ),
  );

  test("one of two gateways is enough to hold it up", async () => {
    const parents = [parent, { name: "internal" }];
    expect((await valueOf(route([split], { parents }))).notInForce).toMatch(
      "Gateway production/internal says nothing of it",
    );
  });

  test("it names no gateway", async () =>
    expect((await valueOf(route([split], { parents: [] }))).notInForce).toMatch(
      "it names no gateway",
    ));
});
