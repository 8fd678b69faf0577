import { DatadogRefusal } from "../datadog-refusal.ts";
import { evaluate } from "../query/evaluate.ts";
import { gridOf, type Grid } from "../query/grid.ts";
import { parseQuery } from "../query/parse-query.ts";
import { QueryError } from "../query/query-error.ts";
import type { ResultSeries } from "../query/result-series.ts";
import { metricQueriesOf, type Expression } from "../query/syntax.ts";
import { ok, type ApiAnswer, type Route } from "./route.ts";

/** `GET /api/v1/query`, `from` and `to` in seconds of cutover time since the epoch. */
export const metricRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/query",
    answer: ({ parameters }, { store, silent }): ApiAnswer => {
      if (silent()) throw new DatadogRefusal(503, "Service Unavailable");
      const from = secondsOf(parameters, "from");
      const to = secondsOf(parameters, "to");
      const query = parameters.get("query") ?? "";
      try {
        const expression = parseQuery(query);
        const grid = gridOf(expression, from * 1000, to * 1000);
        const series = evaluate(expression, store, grid)
          .map((one) => seriesAnswer(one, expression, query, grid))
          .filter(({ length }) => length > 0);
        return ok({
          status: "ok",
          res_type: "time_series",
          resp_version: 1,
          query,
          from_date: from * 1000,
          to_date: to * 1000,
          group_by: metricQueriesOf(expression)[0]?.by ?? [],
          message: "",
          series,
        });
      } catch (error) {
        if (error instanceof QueryError) {
          throw new DatadogRefusal(400, `Error parsing query: ${error.message}`);
        }
        throw error;
      }
    },
  },
];

const secondsOf = (parameters: URLSearchParams, name: string): number => {
  const text = parameters.get(name);
  const seconds = Number(text);
  if (text !== null && Number.isInteger(seconds)) return seconds;
  throw new DatadogRefusal(400, `The value provided for parameter '${name}' is invalid`);
};

/** Intervals without a value are left out, as Datadog does; NaN, which JSON cannot hold, is null. */
const seriesAnswer = (
  { group, values }: ResultSeries,
  expression: Expression,
  query: string,
  { start, step }: Grid,
) => {
  const pointlist = values.flatMap((value, index) =>
    value === undefined ? [] : [[start + index * step, Number.isNaN(value) ? null : value]],
  );
  const [first] = metricQueriesOf(expression);
  const tags = Object.entries(group).map(([key, value]) => `${key}:${value}`);
  const name = expression.is === "metric" ? expression.metric : query;
  return {
    aggr: expression.is === "metric" ? expression.space : null,
    display_name: name,
    metric: name,
    expression: query,
    scope: tags.length > 0 ? tags.join(",") : (first?.scope ?? "*"),
    tag_set: tags,
    interval: step / 1000,
    start: pointlist[0]?.[0] ?? start,
    end: (pointlist.at(-1)?.[0] ?? start) + step - 1,
    length: pointlist.length,
    query_index: 0,
    pointlist,
  };
};
