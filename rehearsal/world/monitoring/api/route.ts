import type { DatadogWorld } from "../datadog-world.ts";

/** A call of the API, its keys already checked. */
export interface ApiCall {
  readonly parameters: URLSearchParams;
  /** What stands for `:id` in the path; empty where there is none. */
  readonly id: string;
  /** The parsed JSON of the body; `undefined` without one. */
  readonly body: unknown;
}

/** What the API answers; the body becomes JSON. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** One operation of the API. It refuses with a `DatadogRefusal`. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with `:id` for the one part that varies. */
  readonly path: string;
  /** Whether the API key alone is enough. */
  readonly apiKeyOnly?: boolean;
  readonly answer: (call: ApiCall, world: DatadogWorld) => ApiAnswer;
}

/** A successful answer. */
export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });
