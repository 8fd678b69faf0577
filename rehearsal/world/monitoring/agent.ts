import { request } from "undici";
import type { CutoverClock } from "../../clock.ts";
import type { MetricStore, Tags } from "./metric-store.ts";
import { PrometheusText } from "./prometheus-text.ts";
import { Sketch } from "./sketch.ts";
import { TargetReader, type Reading } from "./target-reader.ts";

/** Something that exposes metrics; its tags go on everything that it reports. */
export interface ScrapeTarget {
  /** Where its text exposition is, `http://127.0.0.1:4100/metrics`. */
  readonly url: string;
  readonly tags: Tags;
}

/** How often targets are scraped, milliseconds of cutover time. */
export const SCRAPE_PERIOD_MILLISECONDS = 10_000;
/** After how long an unanswered scrape is given up, milliseconds of wall time: the work is real. */
const SCRAPE_TIMEOUT_MILLISECONDS = 2_000;

interface Scraped {
  readonly reader: TargetReader;
  pending: boolean;
}

/** The Datadog agent of the world: scrapes targets and stores what they say under Datadog's names. */
export class Agent {
  readonly #clock: CutoverClock;
  readonly #store: MetricStore;
  readonly #targets: () => readonly ScrapeTarget[];
  readonly #told: () => readonly Reading[];
  readonly #text = new PrometheusText();
  readonly #scraped = new Map<string, Scraped>();
  #anyRoundDone = false;
  #silent = false;
  #poisoned = false;
  #stop: (() => void) | undefined;

  /** @param told what it learns in each round beside the targets. */
  constructor(
    clock: CutoverClock,
    store: MetricStore,
    targets: () => readonly ScrapeTarget[],
    told: () => readonly Reading[] = () => [],
  ) {
    this.#clock = clock;
    this.#store = store;
    this.#targets = targets;
    this.#told = told;
  }

  /** Whether the metrics source is silent: nothing new is stored and queries are answered 503. */
  get silent(): boolean {
    return this.#silent;
  }

  start(): void {
    // Not awaited: a target that hangs must not hold up the others.
    this.#stop ??= this.#clock.every(SCRAPE_PERIOD_MILLISECONDS, () => void this.scrape());
  }

  stop(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  /** The metrics source falls silent. */
  silence(): void {
    this.#silent = true;
  }

  /** The metrics source is back; what happened meanwhile is lost, as after an agent's outage. */
  speak(): void {
    if (!this.#silent) return;
    this.#silent = false;
    this.#scraped.clear();
    this.#anyRoundDone = false;
  }

  /** From now on every value is stored as NaN. */
  poison(): void {
    this.#poisoned = true;
  }

  /** Values are stored as they are again. */
  heal(): void {
    this.#poisoned = false;
  }

  /** One round over all targets; a target that does not answer is left out of it. */
  async scrape(): Promise<void> {
    if (this.#silent) return;
    const targets = this.#targets();
    this.#forgetAllBut(targets);
    for (const reading of this.#told()) this.#keep(reading, this.#clock.now());
    await Promise.all(targets.map((target) => this.#scrapeOne(target)));
    this.#anyRoundDone = true;
  }

  async #scrapeOne(target: ScrapeTarget): Promise<void> {
    const scraped = this.#scrapedOf(target);
    if (scraped.pending) return;
    scraped.pending = true;
    try {
      const response = await request(target.url, {
        signal: AbortSignal.timeout(SCRAPE_TIMEOUT_MILLISECONDS),
      });
      const body = await response.body.text();
      if (response.statusCode !== 200 || this.#silent) return;
      const at = this.#clock.now();
      for (const reading of scraped.reader.read(this.#text.parse(body))) this.#keep(reading, at);
    } catch {
      // Pods come and go: what is missing shows as missing data, which is for monitors to judge.
    } finally {
      scraped.pending = false;
    }
  }

  #keep({ kind, metric, tags, value }: Reading, at: number): void {
    if (kind === "distribution") {
      this.#store.addDistribution(metric, tags, at, this.#poisoned ? poisonedSketch() : value);
      return;
    }
    const number = this.#poisoned ? NaN : value;
    if (kind === "count") this.#store.addCount(metric, tags, at, number);
    else this.#store.addGauge(metric, tags, at, number);
  }

  #scrapedOf({ url, tags }: ScrapeTarget): Scraped {
    const key = JSON.stringify([url, tags]);
    let scraped = this.#scraped.get(key);
    if (scraped === undefined) {
      scraped = { reader: new TargetReader(tags, this.#anyRoundDone), pending: false };
      this.#scraped.set(key, scraped);
    }
    return scraped;
  }

  #forgetAllBut(targets: readonly ScrapeTarget[]): void {
    const present = new Set(targets.map(({ url, tags }) => JSON.stringify([url, tags])));
    for (const key of this.#scraped.keys()) if (!present.has(key)) this.#scraped.delete(key);
  }
}

const poisonedSketch = (): Sketch => {
  const sketch = new Sketch();
  sketch.add(NaN);
  return sketch;
};
