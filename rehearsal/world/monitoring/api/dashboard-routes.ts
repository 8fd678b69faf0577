import type { Dashboard } from "../dashboards.ts";
import { DatadogRefusal } from "../datadog-refusal.ts";
import { ok, type Route } from "./route.ts";

/** The operations under `/api/v1/dashboard`. */
export const dashboardRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/v1/dashboard",
    answer: (_call, { dashboards }) => ok({ dashboards: dashboards.list().map(summary) }),
  },
  {
    method: "POST",
    path: "/api/v1/dashboard",
    answer: ({ body }, { dashboards, now }) => ok(answerOf(dashboards.create(body, now()))),
  },
  {
    method: "GET",
    path: "/api/v1/dashboard/:id",
    answer: ({ id }, { dashboards }) => {
      const dashboard = dashboards.get(id);
      if (dashboard === undefined) {
        throw new DatadogRefusal(404, `Dashboard with ID ${id} not found`);
      }
      return ok(answerOf(dashboard));
    },
  },
  {
    method: "PUT",
    path: "/api/v1/dashboard/:id",
    answer: ({ id, body }, { dashboards, now }) => ok(answerOf(dashboards.update(id, body, now()))),
  },
  {
    method: "DELETE",
    path: "/api/v1/dashboard/:id",
    answer: ({ id }, { dashboards }) => {
      dashboards.remove(id);
      return ok({ deleted_dashboard_id: id });
    },
  },
];

const answerOf = ({ id, url, definition, createdAt, modifiedAt }: Dashboard) => ({
  ...definition,
  id,
  url,
  created_at: new Date(createdAt).toISOString(),
  modified_at: new Date(modifiedAt).toISOString(),
});

const summary = (dashboard: Dashboard) => {
  const { id, url, title, description, layout_type, created_at, modified_at } = answerOf(dashboard);
  return { id, url, title, description, layout_type, created_at, modified_at };
};
