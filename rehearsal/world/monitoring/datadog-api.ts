import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { dashboardRoutes } from "./api/dashboard-routes.ts";
import { eventRoutes } from "./api/event-routes.ts";
import { metricRoutes } from "./api/metric-routes.ts";
import { monitorRoutes } from "./api/monitor-routes.ts";
import { ok, type ApiAnswer, type Route } from "./api/route.ts";
import { DatadogRefusal } from "./datadog-refusal.ts";
import type { DatadogWorld, Outage } from "./datadog-world.ts";

const validateRoute: Route = {
  method: "GET",
  path: "/api/v1/validate",
  apiKeyOnly: true,
  answer: () => ok({ valid: true }),
};

const routes: readonly Route[] = [
  validateRoute,
  ...metricRoutes,
  ...monitorRoutes,
  ...dashboardRoutes,
  ...eventRoutes,
];

/** Answers what Datadog's official client sends (v1) from the world's metrics, monitors and dashboards. */
export class DatadogApi {
  /** Set by faults. */
  outage: Outage = "none";
  readonly #world: DatadogWorld;
  readonly #unanswered = new Set<ServerResponse>();

  constructor(world: DatadogWorld) {
    this.#world = world;
  }

  /**
   * Answers a request, unless it is for something else.
   * @param path what follows the prefix under which the API is served, with its parameters: `/api/v1/query?…`.
   * @returns whether the request was one for this API.
   */
  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const url = new URL(path, "http://datadog.invalid");
    if (!url.pathname.startsWith("/api/")) return false;
    if (this.outage === "silent") {
      this.#unanswered.add(response);
      response.once("close", () => this.#unanswered.delete(response));
      return true;
    }
    const answer = await this.#answer(request, url);
    const headers = { "content-type": "application/json", ...rateLimitHeaders(answer.status) };
    response.writeHead(answer.status, headers).end(JSON.stringify(answer.body));
    return true;
  }

  /** Ends the requests that were never answered. */
  stop(): void {
    for (const response of this.#unanswered) response.destroy();
  }

  async #answer(request: IncomingMessage, url: URL): Promise<ApiAnswer> {
    try {
      if (this.outage === "error") throw new DatadogRefusal(503, "Service Unavailable");
      if (this.outage === "rate limited") throw new DatadogRefusal(429, "Too many requests");
      const [route, id] = routeFor(request.method ?? "GET", url.pathname);
      this.#checkKeys(request, route);
      const body = await bodyOf(request);
      return route.answer({ parameters: url.searchParams, id, body }, this.#world);
    } catch (error) {
      // Whatever else went wrong is the world's own fault: it is shown, as a hanging client shows nothing.
      if (!(error instanceof DatadogRefusal))
        return { status: 500, body: { errors: [String(error)] } };
      return { status: error.status, body: { errors: error.errors } };
    }
  }

  #checkKeys({ headers }: IncomingMessage, { apiKeyOnly }: Route): void {
    const { apiKey, applicationKey } = this.#world;
    const allowed =
      headers["dd-api-key"] === apiKey &&
      (apiKeyOnly === true || headers["dd-application-key"] === applicationKey);
    if (!allowed) throw new DatadogRefusal(403, "Forbidden");
  }
}

/** The route and what stands for `:id`. Literal paths come first, so `validate` is no id. */
const routeFor = (method: string, pathname: string): readonly [Route, string] => {
  const parts = pathname.replace(/\/$/, "").split("/");
  let best: readonly [Route, string] | undefined;
  for (const route of routes) {
    const pattern = route.path.split("/");
    const fits = pattern.every((part, index) => part === ":id" || part === parts[index]);
    if (route.method !== method || pattern.length !== parts.length || !fits) continue;
    const position = pattern.indexOf(":id");
    if (position < 0) return [route, ""];
    best ??= [route, decodeURIComponent(parts[position] ?? "")];
  }
  if (best === undefined) throw new DatadogRefusal(404, "Not found");
  return best;
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  if (request.method !== "POST" && request.method !== "PUT") return undefined;
  try {
    return await json(request);
  } catch {
    throw new DatadogRefusal(400, "Payload is not in the expected format: not JSON");
  }
};

const rateLimitHeaders = (status: number): Record<string, string> =>
  status !== 429
    ? {}
    : {
        "x-ratelimit-limit": "100",
        "x-ratelimit-period": "60",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": "1",
      };
