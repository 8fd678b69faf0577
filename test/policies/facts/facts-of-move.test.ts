import { expect, test } from "vitest";
import { traceMetrics } from "../../../definition/request-metrics.ts";
import { callFailures } from "../../../definition/thresholds.ts";
import { percent } from "../../../definition/units.ts";
import { declaredBy } from "../../../policies/declared.ts";
import { factsOfMove } from "../../../policies/facts/facts-of-move.ts";
import { known, unknown, type Reading } from "../../../policies/facts/reading.ts";
import { noSources, type Sources } from "../../../policies/facts/sources.ts";
import { entered, minutes, move, system } from "../lms-night.ts";

const now = entered + minutes(15);
const starts = Array.from({ length: 16 }, (_, index) => entered + minutes(index));

const pieces = Array.from({ length: 96 }, (_, index) => entered + index * 10_000);

/** Sources that answer every query with one value a minute, and count what they are asked. */
const counting = (at: Reading<number> = known(now), notInForce?: string, definition = system) => {
  const asked: string[] = [];
  const sources: Sources = {
    people: noSources("not here").people,
    sides: noSources("not here").sides,
    figures: noSources("not here").figures,
    schema: noSources("not here").schema,
    now: async () => {
      asked.push("now");
      return at;
    },
    datadog: {
      points: async (query) => {
        asked.push(query);
        if (!query.includes("rollup(sum, 10)")) {
          return known(starts.map((at) => ({ at, value: 40 })));
        }
        const value = query.includes("destination_workload:lms-green") ? 7 : 60;
        return known(pieces.map((at) => ({ at, value })));
      },
      monitorState: async (id) => {
        asked.push(`monitor ${id}`);
        return id === "2" ? unknown("gone") : known("OK");
      },
    },
    traffic: {
      route: async ({ traffic }) => {
        asked.push("name" in traffic ? traffic.name : traffic.mechanism);
        return known({
          weights: { blue: 90, green: 10 },
          notInForce,
          writtenOver: undefined,
          version: "1",
          owners: [],
        });
      },
      names: async () => {
        asked.push("names");
        return known([]);
      },
    },
    kubernetes: {
      deployment: async ({ name }, container = "") => {
        asked.push(`${name} ${container}`);
        return unknown("gone");
      },
      lease: async ({ name }) => {
        asked.push(name);
        return known({});
      },
    },
  };
  const declared = declaredBy({ alarms: { cpu: "1", memory: "2" }, panels: ["cpu"] });
  const facts = factsOfMove({
    definition,
    move: move("canary", "half"),
    declared,
    sources,
  });
  return { facts, asked };
};

test("nothing is read until a rule asks for it", () => expect(counting().asked).toEqual([]));

test("each source is asked once, however many rules need the fact", async () => {
  const { facts, asked } = counting();
  await Promise.all([facts.liveWeights(), facts.liveWeights(), facts.watchedRequests()]);
  await Promise.all([facts.greenValues(), facts.recentRequests(), facts.lastMinuteRequests()]);
  expect(new Set(asked).size).toBe(asked.length);
  // The clock, the route, requests of both sides, five thresholds of green.
  expect(asked).toHaveLength(1 + 1 + 2 + 5);
  expect(asked).toContain("lms-vs");
});

test("weights that stand in a route which no gateway takes are nobody's", async () => {
  const reason = "HTTPRoute production/lms-route is not in force: no gateway has it";
  expect(await counting(known(now), reason).facts.liveWeights()).toEqual(unknown(reason));
  expect(await counting().facts.liveWeights()).toEqual(known({ blue: 90, green: 10 }));
});

test("requests are counted to ten seconds within each window", async () => {
  const { facts } = counting();
  expect(await facts.watchedRequests()).toEqual(known({ blue: 5_400, green: 630 }));
  expect(await facts.recentRequests()).toEqual(known({ blue: 1_800, green: 210 }));
  expect(await facts.lastMinuteRequests()).toEqual(known({ blue: 360, green: 42 }));
});

test("S1-69: what a window cuts off is less than ten seconds at either end", async () => {
  const later = await counting(known(now + 19_000)).facts.watchedRequests();
  // From 22:26:19 to 22:41:19: 22:26:20 to 22:41:10 are whole pieces.
  expect(later).toEqual(known({ blue: 89 * 60, green: 89 * 7 }));
});

test("a threshold with periods of its own is asked for by them, and judged by them", async () => {
  const evaluation = { period: { milliseconds: 300_000 }, periods: 1, minimumRequests: 0 };
  const [first, ...others] = system.thresholds;
  if (first === undefined) throw new Error("no threshold");
  const thresholds = [{ ...first, evaluation }, ...others];
  const { facts, asked } = counting(known(now), undefined, { ...system, thresholds });
  expect(await facts.greenValues()).toMatchObject({ value: { [first.name]: known(40) } });
  expect(asked.filter((query) => query.includes("rollup(sum, 300)"))).toHaveLength(1);
});

test("a share of one call is asked with the requests that its limit needs, a share of all with any", async () => {
  const [first] = system.thresholds;
  if (first === undefined) throw new Error("no threshold");
  const checkouts = callFailures(
    { name: "checkouts", title: "Checkouts", method: "POST", path: "/checkout" },
    { atMost: percent(1), breach: "roll back", source: "S4-45" },
  );
  const requestMetrics = traceMetrics({ operation: "fastapi.request", env: "production" });
  const traced = { ...system, requestMetrics, thresholds: [first, checkouts] };
  const { facts, asked } = counting(known(now), undefined, traced);
  await facts.greenValues();
  expect(
    asked.filter((query) => query.includes("post_/checkout") && query.endsWith(", 20)")),
  ).toHaveLength(1);
  const ofAll = asked
    .filter((query) => /\.errors\{[^}]*\}/.test(query))
    .filter((query) => !query.includes("resource_name"));
  expect(ofAll.filter((query) => query.endsWith(", 1)"))).toHaveLength(1);
});

test("alarms are read by their ids, each on its own", async () =>
  expect(await counting().facts.alarmStates()).toEqual(
    known({ cpu: known("OK"), memory: unknown("gone") }),
  ));

test("without a time there are no windows, and so no measurements", async () => {
  const { facts, asked } = counting(unknown("the clock is silent"));
  for (const read of [facts.greenValues, facts.watchedRequests, facts.recentRequests]) {
    expect(await read()).toEqual(unknown("the clock is silent"));
  }
  expect(asked).toEqual(["now"]);
});
