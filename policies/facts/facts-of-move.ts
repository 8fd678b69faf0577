import { freezeOf } from "../../definition/freeze.ts";
import { definitionDigest } from "../../definition/ledger.ts";
import { dataChecksOf } from "../../definition/ladder.ts";
import { maintenanceName } from "../../definition/maintenance.ts";
import { datadogQuery, measuredSide, requestCountQuery } from "../../definition/measures.ts";
import type { SettledSystem } from "../../definition/system.ts";
import { evaluationOf } from "../../definition/thresholds.ts";
import type { Declared } from "../declared.ts";
import type { Move } from "../move.ts";
import { readComparisons } from "./compared-values.ts";
import type { Point } from "./datadog-reader.ts";
import type { Facts, RequestCounts, ThresholdValues } from "./facts.ts";
import { weightsInForce } from "./live-route.ts";
import { readPublicHolidays, yearsAround } from "./public-holidays-reader.ts";
import { readReadiness } from "./readiness-facts.ts";
import { known, type Reading } from "./reading.ts";
import type { Sources } from "./sources.ts";
import { recentWindow, watchedWindow, type Span } from "./watched-window.ts";
import { byPeriod, wholePeriods } from "./whole-periods.ts";
import { isShareOfRequests, windowValue } from "./window-value.ts";

/** The facts of one move, each read at most once, when it is first asked for, and as of one instant. */
export const factsOfMove = ({
  definition,
  move,
  declared,
  sources,
}: {
  readonly definition: SettledSystem;
  readonly move: Move;
  readonly declared: Declared;
  readonly sources: Sources;
}): Facts => {
  const { workload, environments, thresholds, alarms } = definition;
  const { namespace } = workload;
  const hosts = { blue: environments.blue.name, green: environments.green.name };
  const period = alarms.period.milliseconds;

  const now = once(sources.now);
  const watched = (at: number): Span => watchedWindow(definition, move, at);
  const recent = (at: number): Span => recentWindow(move, at);

  const requests = {
    blue: once(() => requestsOf("blue")),
    green: once(() => requestsOf("green")),
  };
  /** Requests of one side, over the longer of both windows. */
  const requestsOf = (side: "blue" | "green"): Promise<Reading<Counts>> =>
    then(now(), async (at) => {
      const from = Math.min(watched(at).from, recent(at).from);
      const grain = at - from <= finelyCounted ? fineGrain : period;
      const query = requestCountQuery(measuredSide(definition, side), grain / 1_000);
      const points = await sources.datadog.points(query, { from, to: at });
      return points.known ? known({ points: points.value, grain }) : points;
    });
  const counted = (spanAt: (at: number) => Span): Promise<Reading<RequestCounts>> =>
    then(now(), async (at) => {
      const [blue, green] = await Promise.all([requests.blue(), requests.green()]);
      if (!blue.known) return blue;
      if (!green.known) return green;
      const span = spanAt(at);
      return known({ blue: sumOver(span, blue.value), green: sumOver(span, green.value) });
    });
  const perPeriodOf = ({ points }: Counts): ReadonlyMap<number, number> =>
    byPeriod(points, period, sum);
  /** All questions at once: the counts say only how much each value weighs. */
  const valuesOf = (side: "blue" | "green"): Promise<Reading<ThresholdValues>> =>
    then(now(), async (at) => {
      const window = watched(at);
      const [counts, series] = await Promise.all([
        requests[side](),
        Promise.all(
          thresholds.map(async (threshold) => {
            const evaluation = evaluationOf(alarms, threshold);
            const query = datadogQuery(threshold, measuredSide(definition, side), {
              periodSeconds: evaluation.period.milliseconds / 1_000,
              // Every minute with a request counts towards the share of the whole window.
              minimumRequests: isShareOfRequests(threshold) ? 1 : evaluation.minimumRequests,
            });
            const points = await sources.datadog.points(query, window);
            return { threshold, alarms: evaluation, points };
          }),
        ),
      ]);
      if (!counts.known) return counts;
      const values = series.map(({ threshold, alarms: evaluation, points }) => {
        const requests = byPeriod(counts.value.points, evaluation.period.milliseconds, sum);
        const value = points.known
          ? windowValue({ threshold, points: points.value, requests, window, alarms: evaluation })
          : points;
        return [threshold.name, value] as const;
      });
      return known(Object.fromEntries(values));
    });

  const route = once(() => sources.traffic.route(definition));

  const facts: Facts = {
    now,
    publicHolidays: once(() =>
      then(now(), async (at) => known(readPublicHolidays(definition.calendar, yearsAround(at)))),
    ),
    declaredDefinition: async () => declared.definition,
    declaredWeights: async () => declared.weights,
    declaredAlarms: async () => declared.alarms,
    declaredPanels: async () => declared.panels,
    declaredTtlSince: async () => declared.ttlSince,
    liveNames: once(() => sources.traffic.names(definition)),
    liveWeights: async () => {
      const found = await route();
      return found.known ? weightsInForce(found.value) : found;
    },
    routeOwners: async () => {
      const found = await route();
      return found.known ? known(found.value.owners) : found;
    },
    maintenance: once(async () => {
      const read = await sources.kubernetes.lease({ namespace, name: maintenanceName(definition) });
      return read.known ? known(freezeOf(read.value.spec ?? {}) ?? null) : read;
    }),
    blueDeployment: once(() =>
      sources.kubernetes.deployment({ namespace, name: hosts.blue }, workload.container),
    ),
    greenDeployment: once(() =>
      sources.kubernetes.deployment({ namespace, name: hosts.green }, workload.container),
    ),
    blueAnswers: once(() => sources.sides.answers(definition, "blue")),
    greenAnswers: once(() => sources.sides.answers(definition, "green")),
    blueValues: once(() => valuesOf("blue")),
    greenValues: once(() => valuesOf("green")),
    comparedValues: once(() =>
      then(now(), async (at) =>
        known(
          await readComparisons(definition, {
            datadog: sources.datadog,
            requests: (side) => then(requests[side](), async (read) => known(perPeriodOf(read))),
            window: watched(at),
          }),
        ),
      ),
    ),
    watchedRequests: once(() => counted(watched)),
    recentRequests: once(() => counted(recent)),
    lastMinuteRequests: once(() =>
      counted((at) => ({
        from: Math.max(recent(at).from, (Math.floor(at / period) - 1) * period),
        to: at,
      })),
    ),
    alarmStates: once(() =>
      then(Promise.resolve(declared.alarms), async (ids) => {
        const entries = Object.entries(ids).map(
          async ([name, id]) =>
            [name, id.known ? await sources.datadog.monitorState(id.value) : id] as const,
        );
        return known(Object.fromEntries(await Promise.all(entries)));
      }),
    ),
    evidence: once(() =>
      sources.people.evidence({
        system: move.system,
        stack: move.stack,
        definition: definitionDigest(definition),
      }),
    ),
    dataFigures: once(() =>
      then(now(), async (at) => {
        const figures = dataChecksOf(definition, move.from).map(
          async (check) => [check.name, await sources.figures.newest(check, at)] as const,
        );
        return known(Object.fromEntries(await Promise.all(figures)));
      }),
    ),
    schemaRevisions: once(() => sources.schema.revisions(definition.stores)),
    readinessFacts: once(() =>
      then(now(), async (at) => known(await readReadiness(definition, facts, sources, at))),
    ),
    changeAuthors: once(() => sources.people.changeAuthors(move)),
    runningPlan: once(() => sources.people.runningPlan()),
  };
  return facts;
};

/** Requests are counted in pieces of ten seconds, as often as they are reported, so that few are cut off. */
const fineGrain = 10_000;

/** The longest window that is counted so finely: Datadog gives 1,500 points at the most. */
const finelyCounted = 3_600_000;

/** Numbers of requests, and how long a span each of them covers, milliseconds. */
interface Counts {
  readonly points: readonly Point[];
  readonly grain: number;
}

const sum = (one: number, other: number): number => one + other;

const sumOver = (span: Span, { points, grain }: Counts): number => {
  const counts = byPeriod(points, grain, sum);
  return wholePeriods(span, grain).reduce((all, start) => all + (counts.get(start) ?? 0), 0);
};

const once = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
};

/** Goes on with a value that is known; what is unknown stays so, with its reason. */
const then = async <T, U>(
  reading: Promise<Reading<T>>,
  next: (value: T) => Promise<Reading<U>>,
): Promise<Reading<U>> => {
  const read = await reading;
  return read.known ? next(read.value) : read;
};
