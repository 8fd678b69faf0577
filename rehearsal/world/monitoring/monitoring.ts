import type { IncomingMessage, ServerResponse } from "node:http";
import { breath, type CutoverClock } from "../../clock.ts";
import { Agent, type ScrapeTarget } from "./agent.ts";
import { Dashboards } from "./dashboards.ts";
import { DatadogApi } from "./datadog-api.ts";
import type { DatadogWorld, Outage } from "./datadog-world.ts";
import { EventLog } from "./event-log.ts";
import { MetricStore } from "./metric-store.ts";
import { Monitors } from "./monitors.ts";
import { SlackChannels } from "./slack-channels.ts";
import { NotificationSink } from "./notification-sink.ts";
import type { Reading } from "./target-reader.ts";

export interface MonitoringOptions {
  readonly clock: CutoverClock;
  /** What is to be scraped, asked before each round: pods come and go. */
  readonly targets: () => readonly ScrapeTarget[];
  /** What the agent learns in each round beside them. */
  readonly told?: () => readonly Reading[];
  readonly apiKey: string;
  readonly applicationKey: string;
}

/** How often monitors are judged, milliseconds of cutover time. */
const EVALUATION_PERIOD = 15_000;
/**
 * How long after a multiple of the period, milliseconds of cutover time: at 100 times wall speed a scrape of
 * 10 ms arrives a second late, and the last one of a minute should be in before the minute is judged.
 */
const EVALUATION_OFFSET = 5_000;

/** The monitoring of the world: an agent, a store of metrics, monitors, and Datadog's API over them. */
export class Monitoring implements DatadogWorld {
  readonly store = new MetricStore();
  readonly sink = new NotificationSink();
  readonly monitors = new Monitors(this.store, this.sink);
  readonly dashboards = new Dashboards();
  readonly events = new EventLog(this.sink);
  readonly slackChannels = new SlackChannels();
  readonly agent: Agent;
  readonly api: DatadogApi;
  readonly apiKey: string;
  readonly applicationKey: string;
  readonly #clock: CutoverClock;
  #stopped: AbortController | undefined;

  constructor({ clock, targets, told, apiKey, applicationKey }: MonitoringOptions) {
    this.#clock = clock;
    this.apiKey = apiKey;
    this.applicationKey = applicationKey;
    this.agent = new Agent(clock, this.store, targets, told);
    this.api = new DatadogApi(this);
  }

  readonly silent = (): boolean => this.agent.silent;

  readonly outage = (): Outage => this.api.outage;

  readonly now = (): number => this.#clock.now();

  /** Begins to scrape and to judge. */
  start(): void {
    if (this.#stopped !== undefined) return;
    this.#stopped = new AbortController();
    this.agent.start();
    void this.#evaluateUntil(this.#stopped.signal);
  }

  stop(): void {
    this.#stopped?.abort();
    this.#stopped = undefined;
    this.agent.stop();
    this.api.stop();
  }

  /** Answers a request to Datadog's API; `path` is what follows its prefix. @returns whether it was one. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    return this.api.handle(request, response, path);
  }

  async #evaluateUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.until(nextEvaluation(this.#clock.now()), signal);
      if (signal.aborted) return;
      const rested = breath();
      this.monitors.evaluate(this.#clock.now());
      await rested;
    }
  }
}

/** The next instant at which monitors are judged: 5, 20, 35 and 50 seconds past each cutover minute. */
const nextEvaluation = (now: number): number =>
  (Math.floor((now - EVALUATION_OFFSET) / EVALUATION_PERIOD) + 1) * EVALUATION_PERIOD +
  EVALUATION_OFFSET;
