import type { Dashboards } from "./dashboards.ts";
import type { EventLog } from "./event-log.ts";
import type { SlackChannels } from "./slack-channels.ts";
import type { MetricStore } from "./metric-store.ts";
import type { Monitors } from "./monitors.ts";

/** What the API suffers: it answers, never answers, answers 503, or answers 429. */
export type Outage = "none" | "silent" | "error" | "rate limited";

/** What Datadog's account holds in the world; its API and the stand-in provider act on it alike. */
export interface DatadogWorld {
  readonly store: MetricStore;
  readonly monitors: Monitors;
  readonly dashboards: Dashboards;
  readonly events: EventLog;
  readonly slackChannels: SlackChannels;
  readonly apiKey: string;
  readonly applicationKey: string;
  /** Whether the source of metrics is silent: then queries are answered 503. */
  readonly silent: () => boolean;
  /** What the API suffers at the moment. */
  readonly outage: () => Outage;
  /** Cutover time, milliseconds. */
  readonly now: () => number;
}
