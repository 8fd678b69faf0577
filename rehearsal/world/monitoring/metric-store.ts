import type { Sketch } from "./sketch.ts";
import { TimedPoints } from "./timed-points.ts";

/** Tags of a series, value by key. */
export type Tags = Readonly<Record<string, string>>;

/** One series: points of one kind under one metric name and one set of tags. */
export type Series =
  | {
      /** `count`: what was added since the point before; `gauge`: what was read. */
      readonly kind: "count" | "gauge";
      readonly tags: Tags;
      readonly points: TimedPoints<number>;
    }
  | {
      readonly kind: "distribution";
      readonly tags: Tags;
      /** Each point summarises the values since the point before. */
      readonly points: TimedPoints<Sketch>;
    };

interface Metric {
  readonly kind: Series["kind"];
  readonly series: Map<string, Series>;
  readonly list: Series[];
}

/** How long points are kept, milliseconds of cutover time: an hour more than gates look back. */
export const RETENTION_MILLISECONDS = 25 * 60 * 60 * 1000;

/** The metrics of the world, as Datadog would hold them; points carry cutover time in milliseconds. */
export class MetricStore {
  readonly #metrics = new Map<string, Metric>();

  /** @throws TypeError when the metric is not a count. */
  addCount(name: string, tags: Tags, at: number, increment: number): void {
    this.#addNumber("count", name, tags, at, increment);
  }

  /** @throws TypeError when the metric is not a gauge. */
  addGauge(name: string, tags: Tags, at: number, value: number): void {
    this.#addNumber("gauge", name, tags, at, value);
  }

  /** @throws TypeError when the metric is not a distribution. */
  addDistribution(name: string, tags: Tags, at: number, sketch: Sketch): void {
    const series = this.#series("distribution", name, tags);
    if (series.kind === "distribution") series.points.add(at, sketch);
  }

  /** All series of a metric; none when nobody has reported it. */
  series(name: string): readonly Series[] {
    return this.#metrics.get(name)?.list ?? [];
  }

  /** What kind of metric this is; `undefined` when nobody has reported it. */
  kindOf(name: string): Series["kind"] | undefined {
    return this.#metrics.get(name)?.kind;
  }

  #addNumber(kind: "count" | "gauge", name: string, tags: Tags, at: number, value: number): void {
    const series = this.#series(kind, name, tags);
    if (series.kind !== "distribution") series.points.add(at, value);
  }

  #series(kind: Series["kind"], name: string, tags: Tags): Series {
    let metric = this.#metrics.get(name);
    if (metric === undefined) {
      metric = { kind, series: new Map(), list: [] };
      this.#metrics.set(name, metric);
    }
    if (metric.kind !== kind) throw new TypeError(`${name} is a ${metric.kind}, not a ${kind}`);
    const key = keyOf(tags);
    let series = metric.series.get(key);
    if (series === undefined) {
      series = emptySeries(kind, tags);
      metric.series.set(key, series);
      metric.list.push(series);
    }
    return series;
  }
}

const emptySeries = (kind: Series["kind"], tags: Tags): Series =>
  kind === "distribution"
    ? { kind, tags: { ...tags }, points: new TimedPoints<Sketch>(RETENTION_MILLISECONDS) }
    : { kind, tags: { ...tags }, points: new TimedPoints<number>(RETENTION_MILLISECONDS) };

const keyOf = (tags: Tags): string =>
  Object.keys(tags)
    .sort()
    .map((key) => `${key}:${tags[key] ?? ""}`)
    .join(",");
