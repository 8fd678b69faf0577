import { DatadogRefusal } from "../datadog-refusal.ts";
import type { DatadogEvent } from "../event-log.ts";
import { ok, type Route } from "./route.ts";

/** The operations under `/api/v1/events`, times in seconds of cutover time. */
export const eventRoutes: readonly Route[] = [
  {
    method: "POST",
    path: "/api/v1/events",
    apiKeyOnly: true,
    answer: ({ body }, { events, now }) => ({
      status: 202,
      body: { status: "ok", event: answerOf(events.post(body, now())) },
    }),
  },
  {
    method: "GET",
    path: "/api/v1/events",
    answer: ({ parameters }, { events }) => {
      const start = Number(parameters.get("start") ?? NaN);
      const end = Number(parameters.get("end") ?? NaN);
      if (!(start <= end))
        throw new DatadogRefusal(400, "'start' and 'end' must be given in order");
      const tags = (parameters.get("tags") ?? "").split(",").filter((tag) => tag !== "");
      const priority = parameters.get("priority");
      const filter = { start, end, tags, ...(priority === null ? {} : { priority }) };
      return ok({ events: events.list(filter).map(answerOf) });
    },
  },
  {
    method: "GET",
    path: "/api/v1/events/:id",
    answer: ({ id }, { events }) => {
      const event = events.get(Number(id));
      if (event === undefined) throw new DatadogRefusal(404, "No event matches that event_id");
      return ok({ event: answerOf(event) });
    },
  },
];

const answerOf = (event: DatadogEvent) => ({
  ...event,
  id_str: String(event.id),
  url: `/event/event?id=${event.id}`,
});
