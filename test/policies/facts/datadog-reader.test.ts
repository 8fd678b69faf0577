import { describe, expect, test } from "vitest";
import { datadogReader } from "../../../policies/facts/datadog-reader.ts";
import { hang, json, localSource } from "./local-source.ts";

const span = { from: 1_768_000_000_500, to: 1_768_000_060_000 };
const connectedTo = (url: string, timeoutMilliseconds = 5_000) =>
  datadogReader({
    url: `${url}/datadog`,
    apiKey: "api",
    appKey: "app",
    timeoutMilliseconds,
  });
const series = (pointlist: unknown) => ({ status: "ok", series: [{ pointlist }] });

test("asks Datadog's API with both keys, whatever DD_SITE says", async () => {
  const { url, asked } = await localSource(() => json(series([[60_000, 1.5]])));
  process.env["DD_SITE"] = "elsewhere.example";
  try {
    expect(await connectedTo(url).points("avg:cpu{*}", span)).toEqual({
      known: true,
      value: [{ at: 60_000, value: 1.5 }],
    });
  } finally {
    delete process.env["DD_SITE"];
  }
  expect(asked).toHaveLength(1);
  expect(asked[0]?.path).toBe("/datadog/api/v1/query");
  expect(Object.fromEntries(asked[0]?.query ?? [])).toEqual({
    from: "1768000000",
    to: "1768000060",
    query: "avg:cpu{*}",
  });
  expect(asked[0]?.headers).toMatchObject({ "dd-api-key": "api", "dd-application-key": "app" });
});

test("a minute without a value has none; no series is no point", async () => {
  const { url } = await localSource((_, count) =>
    json(count === 1 ? series([[60_000, null]]) : { status: "ok", series: [] }),
  );
  expect(await connectedTo(url).points("q", span)).toEqual({
    known: true,
    value: [{ at: 60_000, value: null }],
  });
  expect(await connectedTo(url).points("q", span)).toEqual({ known: true, value: [] });
});

describe("what is no answer is not known", () => {
  test.for([
    [
      "a wrong key",
      json({ errors: ["Forbidden"] }, 403),
      "Datadog answered 403: wrong credentials",
    ],
    ["an outage", json({ errors: [] }, 503), "Datadog answered 503"],
    [
      "an error in the query",
      json({ status: "error", error: "bad query" }),
      "Datadog refused the query: bad query",
    ],
    ["two series", json({ status: "ok", series: [{}, {}] }), "Datadog gave 2 series, not one"],
    ["no series", json({ status: "ok" }), /could not be read/],
    ["NaN", json('{"status":"ok","series":[{"pointlist":[[60000,NaN]]}]}'), /could not be read/],
    ["text for a number", json(series([[60_000, "high"]])), /could not be read/],
    ["a point without a time", json(series([[null, 1]])), /could not be read/],
    // Whatever it says instead, a proxy's page with headers in it for one, is not quoted.
    ["no JSON", json("key=swordfish"), "Datadog's answer could not be read: it is no JSON"],
    ["nothing", hang, "Datadog did not answer within 200 ms"],
  ] as const)("%s", async ([, answer, reason]) => {
    const { url } = await localSource(() => answer);
    const reading = await connectedTo(url, answer === hang ? 200 : 5_000).points("q", span);
    expect(reading).toMatchObject({ known: false });
    expect(reading.known ? "" : reading.reason).toMatch(reason);
    expect(JSON.stringify(reading)).not.toContain("swordfish");
  });
  test("nobody there", async () =>
    expect(await connectedTo("http://127.0.0.1:9").points("q", span)).toEqual({
      known: false,
      reason: "Datadog refuses connections",
    }));
});

describe("monitors", () => {
  test("say their state", async () => {
    const { url, asked } = await localSource(() =>
      json({ id: 42, overall_state: "No Data", type: "query alert", query: "q" }),
    );
    expect(await connectedTo(url).monitorState("42")).toEqual({ known: true, value: "No Data" });
    expect(asked[0]?.path).toBe("/datadog/api/v1/monitor/42");
  });
  test.for([
    [
      "that do not exist",
      "42",
      json({ errors: ["Monitor not found"] }, 404),
      "Datadog has no monitor 42",
    ],
    [
      "without a state",
      "42",
      json({ id: 42, type: "query alert", query: "q" }),
      /could not be read/,
    ],
    ["with an id that is none", "lms-cpu", json({}), '"lms-cpu" is no monitor id'],
  ] as const)("%s are not known", async ([, id, answer, reason]) => {
    const { url } = await localSource(() => answer);
    const reading = await connectedTo(url).monitorState(id);
    expect(reading.known ? "" : reading.reason).toMatch(reason);
  });
});
