import { describe, expect, test } from "vitest";
import { promQl } from "../../../definition/figure.ts";
import { readPrometheus } from "../../../policies/facts/prometheus-reader.ts";
import { hang, json, localSource } from "./local-source.ts";

const now = Date.parse("2026-01-10T22:00:00Z");
const span = { from: now - 60_000, to: now };
const query = promQl("sum(rows_missing)");
const ask = (url: string, timeoutMilliseconds = 5_000) =>
  readPrometheus(
    { url: `${url}/prometheus`, token: "swordfish", timeoutMilliseconds },
    query,
    span,
  );
const vector = (...values: readonly unknown[]) => ({
  status: "success",
  data: { resultType: "vector", result: values.map((value) => ({ metric: {}, value })) },
});
const sampled = (value: unknown) => vector([now / 1_000, value]);

test("asks for one instant, with samples no older than the figure may be, and shows its token", async () => {
  const { url, asked } = await localSource(() => json(sampled("1.5")));
  expect(await ask(url)).toEqual({ known: true, value: { value: 1.5, at: now } });
  expect(asked[0]?.path).toBe("/prometheus/api/v1/query");
  expect(Object.fromEntries(asked[0]?.query ?? [])).toEqual({
    query: "sum(rows_missing)",
    time: "1768082400",
    lookback_delta: "60000ms",
  });
  expect(asked[0]?.headers.authorization).toBe("Bearer swordfish");
});

test("a scalar is a number too, and a remark on style is no warning", async () => {
  const { url } = await localSource(() =>
    json({
      status: "success",
      warnings: ["PromQL info: metric might not be a counter"],
      data: { resultType: "scalar", result: [now / 1_000, "0"] },
    }),
  );
  expect(await ask(url)).toEqual({ known: true, value: { value: 0, at: now } });
});

test("without a token none is shown", async () => {
  const { url, asked } = await localSource(() => json(sampled("1")));
  await readPrometheus({ url, token: undefined }, query, span);
  expect(asked[0]?.headers.authorization).toBeUndefined();
});

describe("what is no answer is not known", () => {
  test.for([
    ["a wrong token", json("swordfish", 401), "Prometheus answered 401: wrong credentials"],
    ["an outage", json({}, 503), "Prometheus answered 503"],
    ["too many questions", json({}, 429), "Prometheus answered 429"],
    [
      "a bad expression",
      json({ error: "x" }, 400),
      "refused the expression with 400: try it there",
    ],
    ["no value", json(vector()), "Prometheus has no value for it"],
    ["two series", json(vector([1, "1"], [1, "2"])), "Prometheus gave 2 series, not one"],
    ["NaN", json(sampled("NaN")), "Prometheus gave NaN, which is no number"],
    ["infinity", json(sampled("+Inf")), "Prometheus gave +Inf, which is no number"],
    ["an empty value", json(sampled("")), "which is no number"],
    ["null", json(sampled(null)), "could not be read"],
    ["a histogram", json(vector(undefined)), "Prometheus gave a histogram"],
    [
      "a range",
      json({ status: "success", data: { resultType: "matrix", result: [] } }),
      "Prometheus gave a matrix, not one number",
    ],
    [
      "a part of the series",
      json({ ...sampled("1"), warnings: ["no store matched"] }),
      "Prometheus warns: no store matched",
    ],
    ["another status", json({ ...sampled("1"), status: "error" }), "without success"],
    ["no JSON", json("swordfish"), "Prometheus's answer could not be read: it is no JSON"],
    ["a huge answer", json(`"${"x".repeat(17 * 1024 * 1024)}"`), "longer than any answer"],
    ["nothing", hang, "Prometheus did not answer within 200 ms"],
  ] as const)("%s", async ([, answer, reason]) => {
    const { url } = await localSource(() => answer);
    const reading = await ask(url, answer === hang ? 200 : 5_000);
    expect(reading).toMatchObject({ known: false, reason: expect.stringContaining(reason) });
    expect(JSON.stringify(reading)).not.toContain("swordfish");
  });
  test("nobody there", async () =>
    expect(await ask("http://127.0.0.1:9")).toEqual({
      known: false,
      reason: "Prometheus refuses connections",
    }));
});

test.for([429, 503])("%i is asked once more, a bad expression is not", async (status) => {
  const { url, asked } = await localSource((_, count) =>
    count === 1 ? json({}, status) : json(sampled("2")),
  );
  expect(await ask(url)).toMatchObject({ known: true });
  expect(asked).toHaveLength(2);
  const refusing = await localSource(() => json({}, 422));
  await ask(refusing.url);
  expect(refusing.asked).toHaveLength(1);
});
