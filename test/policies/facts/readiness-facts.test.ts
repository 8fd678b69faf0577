import { expect, test } from "vitest";
import { count, minutes, percent } from "../../../definition/units.ts";
import type { Point } from "../../../policies/facts/datadog-reader.ts";
import { figureReader } from "../../../policies/facts/figure-reader.ts";
import { readReadiness } from "../../../policies/facts/readiness-facts.ts";
import { known, unknown, type Reading } from "../../../policies/facts/reading.ts";

const now = Date.parse("2026-01-10T22:00:00Z");
const silent = async () => unknown("not here");
const facts = {
  evidence: silent,
  blueDeployment: silent,
  greenDeployment: silent,
  alarmStates: silent,
};
const definition = {
  readiness: {
    toLeave: "ready",
    atLeast: percent(90),
    source: "an example",
    components: [
      {
        name: "layers",
        title: "Layers",
        weight: 1,
        from: {
          query: "sum:failed_layers{*}",
          limit: { below: count(1) },
          notOlderThan: minutes(5),
        },
        source: "an example",
      },
      {
        name: "alarms",
        title: "Alarms",
        weight: 1,
        from: { alarms: "quiet" as const },
        source: "an example",
      },
      {
        name: "mesh",
        title: "Mesh",
        weight: 1,
        from: {
          deployments: [
            { namespace: "istio-system", name: "istiod" },
            { namespace: "istio-system", name: "gateway" },
          ],
        },
        source: "an example",
      },
    ],
  },
};
const read = (answer: () => Promise<Reading<readonly Point[]>>, asked: unknown[] = []) =>
  readReadiness(
    definition,
    facts,
    {
      figures: figureReader(
        {
          points: (query, span) => {
            asked.push(query, span);
            return answer();
          },
          monitorState: silent,
        },
        { prometheus: unknown("not here"), cloudWatch: unknown("not here"), databases: {} },
      ),
      kubernetes: {
        deployment: async ({ namespace, name }) => unknown(`no ${namespace}/${name}`),
      },
    },
    now,
  );

test("S2-59: the newest value counts, asked for no further back than it may be old", async () => {
  const asked: unknown[] = [];
  const points = [
    { at: now - 120_000, value: 3 },
    { at: now - 60_000, value: 0 },
    { at: now, value: null },
  ];
  const { measured } = await read(async () => known(points), asked);
  expect(measured).toEqual({ layers: known({ value: 0, at: now - 60_000 }) });
  expect(asked).toEqual(["sum:failed_layers{*}", { from: now - 300_000, to: now }]);
});

test("no value, no answer and a reader that throws are each a part that nobody knows", async () => {
  const of = async (answer: Parameters<typeof read>[0]) => (await read(answer)).measured["layers"];
  expect(await of(async () => known([]))).toMatchObject({ known: false });
  expect(await of(async () => known([{ at: now, value: null }]))).toMatchObject({ known: false });
  expect(await of(async () => unknown("Datadog answered 503"))).toEqual(
    unknown("Datadog answered 503"),
  );
  expect(await of(() => Promise.reject(new Error("broken")))).toEqual(unknown("broken"));
});

test("S1-39: each Deployment that a component names is read, and is known or not on its own", async () => {
  const { shared } = await read(async () => known([]));
  expect(shared).toEqual({
    mesh: [unknown("no istio-system/istiod"), unknown("no istio-system/gateway")],
  });
});
