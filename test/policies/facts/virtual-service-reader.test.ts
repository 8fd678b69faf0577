import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { percent } from "../../../definition/units.ts";
import { readVirtualService } from "../../../policies/facts/virtual-service-reader.ts";
import { hang, json, localSource } from "./local-source.ts";

const route = { namespace: "production", name: "lms-vs" };
const hosts = { blue: "lms-blue", green: "lms-green" };
const read = (url: string, timeoutMilliseconds = 5_000) =>
  readVirtualService(
    { by: "world", server: `${url}/kubernetes`, timeoutMilliseconds },
    route,
    hosts,
  );
const destination = (host: string, weight?: number) => ({ destination: { host }, weight });
const split = (...routes: unknown[][]) => ({
  apiVersion: "networking.istio.io/v1",
  kind: "VirtualService",
  metadata: { generation: 7, annotations: { note: "kept", "cutover/written-over": "6" } },
  spec: { http: routes.map((destinations) => ({ route: destinations })) },
});

describe("live weights", () => {
  test("come from the VirtualService", async () => {
    const { url, asked } = await localSource(() =>
      json(split([destination("lms-blue", 90), destination("lms-green", 10)])),
    );
    expect(await read(url)).toEqual({
      known: true,
      value: {
        weights: { blue: 90, green: 10 },
        notInForce: undefined,
        writtenOver: "6",
        version: "7",
        owners: [],
      },
    });
    expect(asked.map(({ path }) => path)).toEqual([
      "/kubernetes/apis/networking.istio.io/v1/namespaces/production/virtualservices/lms-vs",
    ]);
  });
  test("leave the testers' own route out, and nobody else's", async () => {
    const testers = { header: "x-tester", value: "yes", atMost: percent(1) };
    const of = async (match: unknown) => {
      const own = { match, route: [destination("lms-green", 100)] };
      const { spec, ...rest } = split([destination("lms-blue", 90), destination("lms-green", 10)]);
      const { url } = await localSource(() =>
        json({ ...rest, spec: { http: [own, ...spec.http] } }),
      );
      const from = { by: "world", server: `${url}/kubernetes` } as const;
      return readVirtualService(from, route, hosts, testers);
    };
    const header = (name: string, value: object) => [{ headers: { [name]: value } }];
    expect(await of(header("x-tester", { exact: "yes" }))).toMatchObject({
      value: { weights: { blue: 90, green: 10 } },
    });
    for (const match of [
      header("x-tester", { prefix: "yes" }),
      header("x-tester", { exact: "no" }),
      header("user-agent", { exact: "yes" }),
      [{ headers: { "x-tester": { exact: "yes" } }, uri: { prefix: "/" } }],
      [...header("x-tester", { exact: "yes" }), { uri: { prefix: "/" } }],
      undefined,
    ]) {
      expect(await of(match)).toMatchObject({ known: false });
    }
  });
  test.for([
    [
      "a host that is not listed has none",
      split([destination("lms-blue", 100)]),
      { blue: 100, green: 0 },
    ],
    [
      "a host that stands alone has all",
      split([destination("lms-green")]),
      { blue: 0, green: 100 },
    ],
    [
      "two destinations of one host add up",
      split([
        destination("lms-blue", 40),
        destination("lms-blue", 40),
        destination("lms-green", 20),
      ]),
      { blue: 80, green: 20 },
    ],
    [
      "hosts of others count for neither",
      split([destination("other", 100)]),
      { blue: 0, green: 0 },
    ],
  ] as const)("%s", async ([, answer, value]) => {
    const { url } = await localSource(() => json(answer));
    expect(await read(url)).toMatchObject({
      known: true,
      value: { weights: value },
    });
  });
  test.for([
    [
      "no such route",
      json({ kind: "Status", code: 404 }, 404),
      "the cluster has no VirtualService production/lms-vs",
    ],
    [
      "routes that differ",
      json(
        split(
          [destination("lms-blue", 90), destination("lms-green", 10)],
          [destination("lms-blue", 100)],
        ),
      ),
      "the routes of VirtualService lms-vs have different weights",
    ],
    ["no route in it", json(split()), "VirtualService lms-vs has no route"],
    [
      "a weight that is none",
      json(split([{ destination: { host: "lms-blue" }, weight: "90" }])),
      /could not be read/,
    ],
    ["no rights", json({ kind: "Status" }, 403), "Kubernetes answered 403: wrong credentials"],
    ["an outage", json("busy", 503), "Kubernetes answered 503"],
    ["no JSON", json("<html>"), /could not be read/],
    ["nothing", hang, "Kubernetes did not answer within 200 ms"],
  ] as const)("%s: not known", async ([, answer, reason]) => {
    const { url } = await localSource(() => answer);
    const reading = await read(url, answer === hang ? 200 : 5_000);
    expect(reading.known ? "" : reading.reason).toMatch(reason);
  });
});

describe("outside of a rehearsal the cluster must be the definition's", () => {
  const folder = mkdtempSync(join(tmpdir(), "cutover-kubeconfig-"));
  const file = join(folder, "config");
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const reading = (cluster: string) => {
    writeFileSync(
      file,
      `apiVersion: v1\nkind: Config\ncurrent-context: it\ncontexts: [{name: it, context: {cluster: it, user: me}}]\nusers: [{name: me, user: {}}]\nclusters: [{name: it, cluster: {${cluster}}}]\n`,
    );
    vi.stubEnv("KUBECONFIG", file);
    return readVirtualService(
      {
        by: "kubeconfig",
        server: "https://kubernetes.company.com",
        timeoutMilliseconds: 5_000,
      },
      route,
      hosts,
    );
  };
  test("another one is not asked", async () => {
    const { url, asked } = await localSource(() => json(split([destination("lms-blue", 100)])));
    expect(await reading(`server: "${url}"`)).toEqual({
      known: false,
      reason: `the kubeconfig's current cluster is ${url}, not https://kubernetes.company.com`,
    });
    expect(asked).toEqual([]);
  });
  test("nor one whose certificate nobody verifies", async () =>
    expect(
      await reading('server: "https://kubernetes.company.com", insecure-skip-tls-verify: true'),
    ).toEqual({
      known: false,
      reason: "the kubeconfig does not verify https://kubernetes.company.com's certificate",
    }));
});
