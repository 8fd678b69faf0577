import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rehearsalToken } from "../../../definition/rehearsal-token.ts";
import { connectionsFor, noSources, openSources } from "../../../policies/facts/sources.ts";
import { system } from "../lms-night.ts";

const definition = {
  sources: { datadogSite: "datadoghq.eu", kubernetesServer: "https://kubernetes.company.com" },
};
const withFigures = {
  sources: {
    ...definition.sources,
    prometheus: { address: "https://metrics.company.com/prometheus", tokenVariable: "METRICS" },
    databases: {
      shop: {
        ...{ host: "db.company.com", database: "shop", authorities: "certificates/db.pem" },
        variables: { user: "SHOP_USER", password: "SHOP_PASSWORD" },
      },
    },
  },
};
const production = { environment: "production", stack: "prod" };
const rehearsal = { environment: "rehearsal", stack: "rehearsal-1" };
const keys = { DD_API_KEY: "api", DD_APP_KEY: "app", CLOUDFLARE_API_TOKEN: "token" };

const root = fileURLToPath(new URL("../../../", import.meta.url));

describe("staging and production", () => {
  const expected = {
    known: true,
    value: {
      world: undefined,
      datadog: {
        known: true,
        value: { url: "https://api.datadoghq.eu", apiKey: "api", appKey: "app" },
      },
      kubernetes: { by: "kubeconfig", server: "https://kubernetes.company.com" },
      route53: { by: "credentials", endpoint: "https://route53.amazonaws.com" },
      loadBalancing: {
        by: "credentials",
        endpoint: "https://elasticloadbalancing.{region}.amazonaws.com",
      },
      cloudflare: {
        known: true,
        value: { url: "https://api.cloudflare.com/client/v4", token: "token" },
      },
      figures: {
        prometheus: {
          known: false,
          reason: "sources.prometheus does not say where it answers",
        },
        cloudWatch: {
          known: true,
          value: { by: "credentials", endpoint: "https://monitoring.{region}.amazonaws.com" },
        },
        databases: {},
      },
      sides: { by: "address" },
      people: { known: true, value: { evidence: `${root}evidence`, checkout: root } },
    },
  };
  test("are read where the definition says", () => {
    expect(connectionsFor(production, definition, keys)).toEqual(expected);
    expect(connectionsFor({ environment: "staging", stack: "staging" }, definition, keys)).toEqual(
      expected,
    );
  });
  test("no variable moves the clock or a source", () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(
            fc.string(),
            fc.constantFrom(
              "CUTOVER_WORLD",
              "CUTOVER_EVIDENCE",
              "DD_SITE",
              "DD_URL",
              "CLOUDFLARE_BASE_URL",
              "KUBECONFIG",
              "AWS_ENDPOINT_URL",
              "AWS_ENDPOINT_URL_ROUTE_53",
              "TZ",
              "HTTPS_PROXY",
            ),
          ),
          fc.oneof(fc.string(), fc.constant("http://127.0.0.1:4000")),
        ),
        (variables) => {
          expect(connectionsFor(production, definition, { ...variables, ...keys })).toEqual(
            expected,
          );
        },
      ),
    ));
  test("their clock is the wall's", async () => {
    const connections = connectionsFor(production, definition, {
      ...keys,
      CUTOVER_WORLD: "http://127.0.0.1:4000",
    });
    if (!connections.known) throw new Error(connections.reason);
    const before = Date.now();
    const now = await openSources(connections.value).now();
    expect(now.known && now.value >= before && now.value <= Date.now()).toBe(true);
  });
  test.for(["DD_API_KEY", "DD_APP_KEY"] as const)("without %s Datadog is not known", (name) =>
    expect(connectionsFor(production, definition, { ...keys, [name]: "" })).toMatchObject({
      value: { datadog: { known: false, reason: `${name} is not set` } },
    }),
  );
  test("figures are read where the definition says, with what its variables hold", () => {
    const variables = {
      ...{ METRICS: "token", SHOP_USER: "reader", SHOP_PASSWORD: "secret" },
      ...{ PGHOST: "evil.example", PROMETHEUS_URL: "https://evil.example" },
    };
    expect(connectionsFor(production, withFigures, variables)).toMatchObject({
      value: {
        figures: {
          prometheus: {
            value: { url: "https://metrics.company.com/prometheus", token: "token" },
          },
          databases: {
            shop: {
              value: {
                ...{ host: "db.company.com", port: 5_432, database: "shop", tls: "verified" },
                ...{ user: "reader", password: "secret" },
                authorities: `${root}certificates/db.pem`,
              },
            },
          },
        },
      },
    });
  });
  test.for([
    ["METRICS", "prometheus"],
    ["SHOP_USER", "shop"],
    ["SHOP_PASSWORD", "shop"],
  ] as const)("without %s its figures are not known", ([name]) => {
    const variables = { METRICS: "token", SHOP_USER: "reader", SHOP_PASSWORD: "secret" };
    const connections = connectionsFor(production, withFigures, { ...variables, [name]: "" });
    if (!connections.known) throw new Error(connections.reason);
    const { prometheus, databases } = connections.value.figures;
    expect([prometheus, databases["shop"]]).toContainEqual({
      known: false,
      reason: `${name} is not set`,
    });
  });
  test("without CLOUDFLARE_API_TOKEN Cloudflare is not known", () =>
    expect(
      connectionsFor(production, definition, { ...keys, CLOUDFLARE_API_TOKEN: "" }),
    ).toMatchObject({
      value: { cloudflare: { known: false, reason: "CLOUDFLARE_API_TOKEN is not set" } },
    }));
  test("where certificates are not verified anyone could answer, so nothing is known", () =>
    expect(
      connectionsFor(production, definition, { ...keys, NODE_TLS_REJECT_UNAUTHORIZED: "0" }).known,
    ).toBe(false));
  test("a site that is no host name is not asked", () =>
    expect(
      connectionsFor(
        production,
        { sources: { ...definition.sources, datadogSite: "evil.example/?x=" } },
        keys,
      ),
    ).toMatchObject({ value: { datadog: { known: false } } }));
});

describe("a rehearsal", () => {
  test("reads everything from its world, with its own keys", () =>
    expect(
      connectionsFor(rehearsal, definition, {
        ...keys,
        CUTOVER_WORLD: "http://127.0.0.1:4000",
        CUTOVER_EVIDENCE: "/rehearsal/evidence",
      }),
    ).toEqual({
      known: true,
      value: {
        world: "http://127.0.0.1:4000",
        datadog: {
          known: true,
          value: { url: "http://127.0.0.1:4000/datadog", apiKey: "rehearsal", appKey: "rehearsal" },
        },
        kubernetes: { by: "world", server: "http://127.0.0.1:4000/kubernetes" },
        route53: { by: "world", endpoint: "http://127.0.0.1:4000/route53" },
        loadBalancing: { by: "world", endpoint: "http://127.0.0.1:4000/elbv2" },
        cloudflare: {
          known: true,
          value: { url: "http://127.0.0.1:4000/cloudflare/client/v4", token: rehearsalToken },
        },
        figures: {
          prometheus: { known: true, value: { url: "http://127.0.0.1:4000/prometheus" } },
          cloudWatch: {
            known: true,
            value: { by: "world", endpoint: "http://127.0.0.1:4000/cloudwatch" },
          },
          databases: {},
        },
        sides: { by: "world", url: "http://127.0.0.1:4000/sides" },
        people: { known: true, value: { evidence: "/rehearsal/evidence" } },
      },
    }));
  test("finds each database at its world, by the name of the store", () =>
    expect(
      connectionsFor(rehearsal, withFigures, {
        ...{ CUTOVER_WORLD: "http://127.0.0.1:4000", CUTOVER_EVIDENCE: "/rehearsal/evidence" },
        ...{ SHOP_USER: "reader", SHOP_PASSWORD: "secret" },
      }),
    ).toMatchObject({
      value: {
        figures: {
          databases: {
            shop: {
              value: {
                ...{ host: "127.0.0.1", port: 4_000, database: "shop", tls: "none" },
                ...{ user: "rehearsal", password: "rehearsal" },
              },
            },
          },
        },
      },
    }));
  test.for([undefined, "", "evidence", "../evidence"])("%j is no folder of evidence", (folder) =>
    expect(
      connectionsFor(rehearsal, definition, {
        CUTOVER_WORLD: "http://127.0.0.1:4000",
        CUTOVER_EVIDENCE: folder,
      }),
    ).toMatchObject({ value: { people: { known: false } } }),
  );
  test.for([
    undefined,
    "",
    "https://127.0.0.1:4000",
    "http://localhost:4000",
    "http://127.0.0.1",
    "http://127.0.0.1:4000/",
    "http://127.0.0.1:4000@evil.example",
    "http://10.0.0.1:4000",
    "http://127.0.0.1:4000\nhttp://evil.example",
  ])("%j is no world", (CUTOVER_WORLD) =>
    expect(connectionsFor(rehearsal, definition, { CUTOVER_WORLD }).known).toBe(false),
  );
});

test.for([
  ["rehearsal", "prod"],
  ["production", "rehearsal"],
  ["staging", "rehearsal-1"],
] as const)("environment %s on stack %s has no source", ([environment, stack]) =>
  expect(
    connectionsFor({ environment, stack }, definition, {
      ...keys,
      CUTOVER_WORLD: "http://127.0.0.1:4000",
    }).known,
  ).toBe(false),
);

test("no source is a reason in every place", async () => {
  const { now, datadog, figures, kubernetes, sides } = noSources("none");
  const none = { known: false, reason: "none" };
  expect(await now()).toEqual(none);
  expect(await datadog.points("q", { from: 0, to: 1 })).toEqual(none);
  expect(await figures.newest({ query: "q", notOlderThan: { milliseconds: 1 } }, 0)).toEqual(none);
  expect(await kubernetes.deployment({ namespace: "n", name: "d" }, "c")).toEqual(none);
  expect(await sides.answers(system, "green")).toEqual(none);
});
