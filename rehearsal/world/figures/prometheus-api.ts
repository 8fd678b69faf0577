import type { IncomingMessage, ServerResponse } from "node:http";
import { promQl } from "../../../definition/figure.ts";
import type { ToldFigures } from "./told-figures.ts";

/**
 * Answers Prometheus' instant queries: a sample for an expression that the plan has, word for word, and no series for
 * any other.
 * @param path what follows the prefix under which it answers, with its parameters.
 * @returns whether that is a query.
 */
export const prometheusApi =
  (figures: ToldFigures) =>
  (_: IncomingMessage, response: ServerResponse, path: string): boolean => {
    const { pathname, searchParams } = new URL(path, "http://prometheus.invalid");
    if (pathname !== "/api/v1/query") return false;
    const [expression, time] = [searchParams.get("query"), Number(searchParams.get("time"))];
    if (expression === null || expression === "" || !Number.isFinite(time)) {
      json(response, 400, { status: "error", errorType: "bad_data", error: "invalid parameter" });
      return true;
    }
    const value = figures.valueOf(promQl(expression));
    const result = value === undefined ? [] : [{ metric: {}, value: [time, String(value)] }];
    json(response, 200, { status: "success", data: { resultType: "vector", result } });
    return true;
  };

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};
