import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { PrometheusText } from "../../../../rehearsal/world/monitoring/prometheus-text.ts";

const parse = (text: string) => new PrometheusText().parse(text);

test("reads what prom-client writes", async () => {
  const registry = new Registry();
  const registers = [registry];
  const value = 'a "quoted" \\ back\nslash, {brace}';
  new Counter({ name: "c", help: "h # }", labelNames: ["l"], registers }).inc({ l: value }, 2.5);
  new Gauge({ name: "g", help: "h", registers }).set(-1e21);
  new Histogram({ name: "h", help: "h", buckets: [0.5], registers }).observe(0.1);
  const { samples, types } = parse(await registry.metrics());
  expect(samples.map(({ name, labels, value: number }) => [name, labels, number])).toEqual([
    ["c", { l: value }, 2.5],
    ["g", {}, -1e21],
    ["h_bucket", { le: "0.5" }, 1],
    ["h_bucket", { le: "+Inf" }, 1],
    ["h_sum", {}, 0.1],
    ["h_count", {}, 1],
  ]);
  expect([...types]).toEqual([
    ["c", "counter"],
    ["g", "gauge"],
    ["h", "histogram"],
  ]);
});

test.for([
  ["a 1", 1],
  ["a{} 1e3 1700000000000", 1000],
  ['a{b="c",} +Inf', Infinity],
  ["a NaN", NaN],
] as const)("%s", ([line, value]) => expect(parse(line).samples[0]?.value).toBe(value));

test.for(["a", "a{b} 1", 'a{b="c} 1', "a b", "1a 1", 'a{b="c"} 1 2 3', 'a{b="c" d="e"} 1'])(
  "refuses %s",
  (line) => expect(() => parse(line)).toThrow(SyntaxError),
);
