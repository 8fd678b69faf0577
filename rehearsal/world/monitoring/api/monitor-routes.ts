import { DatadogRefusal } from "../datadog-refusal.ts";
import { parseMonitor } from "../monitor-definition.ts";
import { parseMonitorQuery } from "../monitor-query.ts";
import type { Monitor } from "../monitors.ts";
import { metricQueriesOf } from "../query/syntax.ts";
import { ok, type Route } from "./route.ts";

/** The operations under `/api/v1/monitor`. */
export const monitorRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/monitor",
    answer: ({ parameters }, { monitors }) =>
      ok(paged(monitors.list().filter(filterOf(parameters)), parameters).map(monitorAnswer)),
  },
  {
    method: "POST",
    path: "/api/v1/monitor",
    answer: ({ body }, { monitors, now }) => ok(monitorAnswer(monitors.create(body, now()))),
  },
  {
    method: "POST",
    path: "/api/v1/monitor/validate",
    answer: ({ body }) => {
      parseMonitor(body);
      return ok({});
    },
  },
  {
    method: "POST",
    path: "/api/v1/monitor/:id/validate",
    answer: ({ id, body }, { monitors }) => {
      const { definition } = existing(monitors.get(idOf(id)));
      parseMonitor({ ...definition, ...objectOf(body) });
      return ok({});
    },
  },
  {
    method: "GET",
    path: "/api/v1/monitor/:id",
    answer: ({ id }, { monitors }) => ok(monitorAnswer(existing(monitors.get(idOf(id))))),
  },
  {
    method: "PUT",
    path: "/api/v1/monitor/:id",
    answer: ({ id, body }, { monitors, now }) =>
      ok(monitorAnswer(monitors.update(idOf(id), objectOf(body), now()))),
  },
  {
    method: "DELETE",
    path: "/api/v1/monitor/:id",
    answer: ({ id }, { monitors }) => {
      monitors.remove(idOf(id));
      return ok({ deleted_monitor_id: idOf(id) });
    },
  },
];

const monitorAnswer = (monitor: Monitor) => {
  const { id, definition, threshold, state, stateModifiedAt, createdAt, modifiedAt } = monitor;
  const { options } = definition;
  return {
    ...definition,
    options: { ...options, thresholds: { critical: threshold, ...options.thresholds } },
    id,
    multi: false,
    deleted: null,
    priority: definition.priority ?? null,
    overall_state: state,
    overall_state_modified: new Date(stateModifiedAt).toISOString(),
    created: new Date(createdAt).toISOString(),
    modified: new Date(modifiedAt).toISOString(),
  };
};

const idOf = (text: string): number => {
  const id = Number(text);
  if (Number.isInteger(id)) return id;
  throw new DatadogRefusal(400, "The value provided for parameter 'monitor_id' is invalid");
};

const existing = (monitor: Monitor | undefined): Monitor => {
  if (monitor === undefined) throw new DatadogRefusal(404, "Monitor not found");
  return monitor;
};

const objectOf = (body: unknown): object => {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  throw new DatadogRefusal(400, "The body must be a JSON object");
};

/** `tags` looks at what a monitor's query is about, `monitor_tags` at the tags of the monitor itself. */
const filterOf = (parameters: URLSearchParams): ((monitor: Monitor) => boolean) => {
  const name = parameters.get("name")?.toLowerCase() ?? "";
  const scopes = listOf(parameters, "tags");
  const tags = listOf(parameters, "monitor_tags");
  const after = Number(parameters.get("id_offset") ?? 0);
  return ({ id, definition }) =>
    id > after &&
    definition.name.toLowerCase().includes(name) &&
    tags.every((tag) => definition.tags.includes(tag)) &&
    scopes.every((scope) => scopesOf(definition.query).some((text) => text.includes(scope)));
};

const scopesOf = (query: string): readonly string[] =>
  metricQueriesOf(parseMonitorQuery(query).expression).map(({ scope }) => scope);

const listOf = (parameters: URLSearchParams, name: string): readonly string[] =>
  (parameters.get(name) ?? "").split(",").filter((item) => item !== "");

const paged = <Item>(items: readonly Item[], parameters: URLSearchParams): readonly Item[] => {
  const page = parameters.get("page");
  if (page === null) return items;
  const size = Number(parameters.get("page_size") ?? 100);
  return items.slice(Number(page) * size, (Number(page) + 1) * size);
};
