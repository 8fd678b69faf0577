import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { histogramSpread } from "../../../../rehearsal/world/monitoring/histogram-spread.ts";
import { PrometheusText } from "../../../../rehearsal/world/monitoring/prometheus-text.ts";
import { TargetReader } from "../../../../rehearsal/world/monitoring/target-reader.ts";

const counter = (...values: readonly number[]): string =>
  values
    .map(
      (value, code) =>
        `istio_requests_total{reporter="source",destination_workload="lms-green",destination_workload_namespace="production",response_code="${code + 2}00",source_workload="gateway"} ${value}`,
    )
    .join("\n");

const read = (fromZero: boolean, ...texts: readonly string[]) => {
  const text = new PrometheusText();
  const reader = new TargetReader({ pod_name: "gateway-1" }, fromZero);
  return texts.map((exposition) => reader.read(text.parse(exposition)));
};

describe("counters", () => {
  test("become increases with Datadog's tags", () =>
    expect(read(false, counter(100), counter(130))).toEqual([
      [],
      [
        {
          kind: "count",
          metric: "istio.mesh.request.count",
          tags: {
            pod_name: "gateway-1",
            kube_namespace: "production",
            destination_workload: "lms-green",
            reporter: "source",
            response_code: "200",
          },
          value: 30,
        },
      ],
    ]));

  const increases = (fromZero: boolean, ...texts: readonly string[]) =>
    read(fromZero, ...texts).map((readings) => readings.map(({ value }) => value));

  test("count from zero after a restart", () =>
    expect(increases(false, counter(100), counter(7), counter(9))).toEqual([[], [7], [2]]));

  test("of a target that started while the agent ran count in full", () =>
    expect(increases(true, counter(5))).toEqual([[5]]));

  test("that appear later count in full", () =>
    expect(increases(false, counter(5), counter(6, 3))).toEqual([[], [1, 3]]));

  test("add up to what was counted, whatever restarts", () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.boolean())), (steps) => {
        let value = 0;
        const texts = steps.map(([more, restarts]) => {
          value = restarts && more > 0 && more < value ? more : value + more;
          return { text: counter(value), more };
        });
        const all = increases(true, ...texts.map(({ text }) => text)).flat();
        const total = all.reduce<number>((sum, item) => sum + Number(item), 0);
        return total === steps.reduce((sum, [more]) => sum + more, 0);
      }),
    ));
});

const histogram = (...cumulative: readonly (readonly [string, number])[]): string =>
  [
    "# TYPE istio_request_duration_milliseconds histogram",
    ...cumulative.map(
      ([le, value]) =>
        `istio_request_duration_milliseconds_bucket{le="${le}",reporter="source",destination_workload="lms-green"} ${value}`,
    ),
    'istio_request_duration_milliseconds_sum{reporter="source",destination_workload="lms-green"} 1',
    'istio_request_duration_milliseconds_count{reporter="source",destination_workload="lms-green"} 1',
  ].join("\n");

describe("histograms", () => {
  test("become one distribution of the increases, restarts included", () => {
    const [, second, third] = read(
      false,
      histogram(["100", 50], ["500", 60], ["+Inf", 60]),
      histogram(["100", 50], ["500", 160], ["+Inf", 160]),
      histogram(["100", 40], ["500", 40], ["+Inf", 40]),
    );
    const [spread] = second ?? [];
    expect(spread).toMatchObject({
      kind: "distribution",
      metric: "istio.mesh.request.duration.milliseconds",
    });
    if (spread?.kind !== "distribution") throw new Error("not a distribution");
    expect(spread.value.count).toBe(100);
    // 100 requests spread evenly from 100 to 500 ms: the 95th percentile is near 480.
    expect(Math.abs(spread.value.quantile(0.95) - 480) / 480).toBeLessThan(0.03);
    const [after] = third ?? [];
    expect(after?.kind === "distribution" && after.value.count).toBe(40);
    expect(after?.kind === "distribution" && after.value.max).toBeLessThanOrEqual(100);
  });

  test("keep every request inside of its bucket", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(500), { minLength: 4, maxLength: 4 }), (added) => {
        const bounds = [5, 50, 500, Infinity];
        let below = 0;
        const sketch = histogramSpread(
          new Map(bounds.map((bound, index) => [bound, (below += added[index] ?? 0)])),
        );
        const top = bounds.findLast((bound, index) => bound < Infinity && (added[index] ?? 0) > 0);
        const most = (added[3] ?? 0) > 0 ? 500 : (top ?? 0);
        return Math.abs(sketch.count - below) < 1e-6 && (below === 0 || sketch.max <= most);
      }),
    ));
});

test("gauges keep their value and the target's tags", () =>
  expect(
    read(
      false,
      'container_memory_usage_ratio{namespace="production",deployment="lms-green",pod="p",container="app"} 0.25',
    ),
  ).toEqual([
    [
      {
        kind: "gauge",
        metric: "kubernetes.memory.usage_pct",
        tags: { pod_name: "p", kube_namespace: "production", kube_deployment: "lms-green" },
        value: 0.25,
      },
    ],
  ]));

test("other families are left out", () =>
  expect(read(true, "process_cpu_seconds_total 5\nnodejs_version_info 1")).toEqual([[]]));
