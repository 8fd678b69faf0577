import type { CutoverClock } from "../../clock.ts";
import type { AddressBook } from "./address-book.ts";
import { probe } from "./health-probe.ts";
import { Route53Refusal } from "./refusal.ts";

/** A check of one endpoint, as the API takes it. */
export interface HealthCheckConfig {
  readonly type: "HTTP" | "TCP";
  readonly address: string;
  readonly port: number;
  /** Of HTTP checks; `/` when left out. */
  readonly path?: string;
  /** Sent as `Host`. */
  readonly host?: string;
  readonly intervalSeconds: 10 | 30;
  /** How many checks in a row must disagree with the state before it changes, 1–10. */
  readonly failureThreshold: number;
  /** Turns the result round. */
  readonly inverted: boolean;
  /** A disabled check looks at nothing and is always healthy. */
  readonly disabled: boolean;
}

interface Watched {
  readonly config: HealthCheckConfig;
  passing: boolean;
  /** Checks in a row that disagreed with the state. */
  against: number;
  /** What the last check found, in words. */
  lastObservation: string;
  readonly stop: () => void;
}

/** Route 53's health checkers, taken together as one: they look at endpoints by the cutover clock. */
export class HealthChecks {
  readonly #clock: CutoverClock;
  readonly #book: AddressBook;
  readonly #watched = new Map<string, Watched>();
  #count = 0;

  constructor(clock: CutoverClock, book: AddressBook) {
    this.#clock = clock;
    this.#book = book;
  }

  /** Begins to look, and returns the id. An endpoint is taken for healthy until it has failed often enough. */
  create(config: HealthCheckConfig): string {
    this.#count += 1;
    const id = `hc-${String(this.#count).padStart(8, "0")}`;
    this.#watch(id, config, true);
    return id;
  }

  /** @throws Route53Refusal `NoSuchHealthCheck`. */
  update(id: string, config: HealthCheckConfig): void {
    const { passing, stop } = this.#found(id);
    stop();
    this.#watch(id, config, passing);
  }

  /** Records that name it count as healthy from then on. @throws Route53Refusal `NoSuchHealthCheck`. */
  remove(id: string): void {
    this.#found(id).stop();
    this.#watched.delete(id);
  }

  config(id: string): HealthCheckConfig | undefined {
    return this.#watched.get(id)?.config;
  }

  /** What the last check found. @throws Route53Refusal `NoSuchHealthCheck`. */
  observation(id: string): string {
    return this.#found(id).lastObservation;
  }

  healthy(id: string): boolean {
    const watched = this.#watched.get(id);
    if (watched === undefined || watched.config.disabled) return true;
    return watched.passing !== watched.config.inverted;
  }

  stop(): void {
    for (const { stop } of this.#watched.values()) stop();
  }

  #found(id: string): Watched {
    const found = this.#watched.get(id);
    if (found !== undefined) return found;
    throw new Route53Refusal(
      404,
      "NoSuchHealthCheck",
      `A health check with id ${id} does not exist.`,
    );
  }

  #watch(id: string, config: HealthCheckConfig, passing: boolean): void {
    const stopped = new AbortController();
    const watched: Watched = {
      config,
      passing,
      against: 0,
      lastObservation: "",
      stop: () => {
        stopped.abort();
      },
    };
    this.#watched.set(id, watched);
    if (config.disabled) return;
    const look = async (): Promise<void> => {
      const { passed, observation } = await probe(config, this.#book);
      if (stopped.signal.aborted) return;
      watched.lastObservation = observation;
      watched.against = passed === watched.passing ? 0 : watched.against + 1;
      if (watched.against < config.failureThreshold) return;
      watched.passing = passed;
      watched.against = 0;
    };
    const stopEvery = this.#clock.every(1_000 * config.intervalSeconds, look);
    stopped.signal.addEventListener("abort", stopEvery);
  }
}
