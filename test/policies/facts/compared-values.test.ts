import { expect, test } from "vitest";
import { percent } from "../../../definition/units.ts";
import { readComparisons } from "../../../policies/facts/compared-values.ts";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { noSources } from "../../../policies/facts/sources.ts";
import { entered, minutes, system } from "../lms-night.ts";

const definition = {
  ...system,
  comparisons: [
    {
      name: "slower",
      title: "Slower",
      measure: "p95-latency" as const,
      worse: "higher" as const,
      tolerance: percent(10),
      leastValues: 8,
      source: "an example",
    },
  ],
};
const window = { from: entered, to: entered + minutes(4) };
const silentDatadog = noSources("not here").datadog;

test("both sides in the same minutes, without those that had too few requests", async () => {
  const asked: string[] = [];
  const values = await readComparisons(definition, {
    datadog: {
      ...silentDatadog,
      points: async (query, span) => {
        asked.push(query);
        expect(span).toBe(window);
        const value = query.includes("destination_workload:lms-green") ? 20 : 40;
        return known(
          [0, 1, 2, 3].map((minute) => ({ at: entered + minutes(minute), value: value + minute })),
        );
      },
    },
    requests: async (side) =>
      known(
        new Map(
          [300, 300, 19, 20].map((count, minute) => [
            entered + minutes(minute),
            side === "green" ? count : 300,
          ]),
        ),
      ),
    window,
  });
  expect(values).toEqual({ slower: known({ blue: [40, 41, 42, 43], green: [20, 21, 23] }) });
  expect(asked).toHaveLength(2);
  for (const query of asked) expect(query).toMatch(/^p95:istio\.mesh\.request\.duration/);
});

test("a side or its requests that nobody knows: no comparison, with the reason", async () => {
  const points = async () => known([{ at: entered, value: 1 }]);
  const requests = async () => known(new Map([[entered, 100]]));
  const silent = async () => unknown("Datadog is silent");
  expect(
    await readComparisons(definition, {
      datadog: { ...silentDatadog, points: silent },
      requests,
      window,
    }),
  ).toEqual({ slower: unknown("Datadog is silent") });
  expect(
    await readComparisons(definition, {
      datadog: { ...silentDatadog, points },
      requests: silent,
      window,
    }),
  ).toEqual({ slower: unknown("Datadog is silent") });
});

test("what needs no request is compared in idle minutes as well", async () => {
  const [comparison] = definition.comparisons;
  if (comparison === undefined) throw new Error("nothing is compared");
  const values = await readComparisons(
    { ...definition, comparisons: [{ ...comparison, measure: "memory" }] },
    {
      datadog: { ...silentDatadog, points: async () => known([{ at: entered, value: 47 }]) },
      requests: async () => unknown("nobody asked"),
      window,
    },
  );
  expect(values).toEqual({ slower: known({ blue: [47], green: [47] }) });
});

test("a plan that compares nothing asks nothing", async () =>
  expect(
    await readComparisons(system, {
      datadog: noSources("not here").datadog,
      requests: async () => unknown("not here"),
      window,
    }),
  ).toEqual({}));
