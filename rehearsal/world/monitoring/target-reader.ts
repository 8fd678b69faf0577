import { CounterMemory } from "./counter-memory.ts";
import { histogramSpread } from "./histogram-spread.ts";
import { integrationMapping, type Mapping } from "./integration-mapping.ts";
import type { Tags } from "./metric-store.ts";
import type { Exposition, Sample } from "./prometheus-text.ts";
import type { Sketch } from "./sketch.ts";

/** What one scrape of one target adds to a series. */
export type Reading =
  | { readonly kind: "count"; readonly metric: string; readonly tags: Tags; readonly value: number }
  | { readonly kind: "gauge"; readonly metric: string; readonly tags: Tags; readonly value: number }
  | {
      readonly kind: "distribution";
      readonly metric: string;
      readonly tags: Tags;
      readonly value: Sketch;
    };

interface SeriesName {
  readonly kind: Mapping["kind"];
  readonly metric: string;
  readonly tags: Tags;
  /** Names what starts anew together: a counter, or all buckets of a histogram. */
  readonly group: string;
  /** Upper bound of a histogram's bucket. */
  readonly bound?: number;
}

interface Group {
  readonly name: SeriesName;
  readonly readings: Map<string, number>;
  readonly bounds: Map<string, number>;
}

/** Turns the expositions of one target, scrape by scrape, into readings under Datadog's names. */
export class TargetReader {
  readonly #tags: Tags;
  readonly #counters: CounterMemory;
  readonly #names = new Map<string, SeriesName | "not mapped">();

  /** @param fromZero whether the target was started while the agent ran. */
  constructor(tags: Tags, fromZero: boolean) {
    this.#tags = tags;
    this.#counters = new CounterMemory(fromZero);
  }

  read({ samples, types }: Exposition): readonly Reading[] {
    const readings: Reading[] = [];
    const groups = new Map<string, Group>();
    for (const sample of samples) {
      const name = this.#nameOf(sample, types);
      if (name === "not mapped") continue;
      const { kind, metric, tags } = name;
      if (kind === "gauge") {
        readings.push({ kind, metric, tags, value: sample.value });
      } else {
        addToGroup(groups, name, sample);
      }
    }
    for (const group of groups.values()) {
      const reading = this.#increaseOf(group);
      if (reading !== undefined) readings.push(reading);
    }
    this.#counters.endScrape();
    return readings;
  }

  #increaseOf({ name, readings, bounds }: Group): Reading | undefined {
    const increases = this.#counters.increases(readings);
    if (increases === undefined) return undefined;
    const { metric, kind } = name;
    if (kind === "distribution") {
      const cumulative = new Map(
        [...increases].map(([key, value]) => [bounds.get(key) ?? Infinity, value]),
      );
      return { kind, metric, tags: name.tags, value: histogramSpread(cumulative) };
    }
    const [value] = increases.values();
    return value === undefined ? undefined : { kind: "count", metric, tags: name.tags, value };
  }

  #nameOf(sample: Sample, types: ReadonlyMap<string, string>): SeriesName | "not mapped" {
    const known = this.#names.get(sample.key);
    if (known !== undefined) return known;
    const name = nameOf(sample, types, this.#tags) ?? "not mapped";
    this.#names.set(sample.key, name);
    return name;
  }
}

const addToGroup = (groups: Map<string, Group>, name: SeriesName, sample: Sample): void => {
  const group = groups.get(name.group) ?? { name, readings: new Map(), bounds: new Map() };
  group.readings.set(sample.key, sample.value);
  if (name.bound !== undefined) group.bounds.set(sample.key, name.bound);
  groups.set(name.group, group);
};

const nameOf = (
  sample: Sample,
  types: ReadonlyMap<string, string>,
  targetTags: Tags,
): SeriesName | undefined => {
  const bucketOf = sample.name.endsWith("_bucket") ? sample.name.slice(0, -"_bucket".length) : "";
  const isBucket = types.get(bucketOf) === "histogram";
  const family = isBucket ? bucketOf : sample.name;
  const mapping = integrationMapping.get(family);
  // A histogram's own `_sum` and `_count` say nothing that its buckets do not.
  if (mapping === undefined || (mapping.kind === "distribution") !== isBucket) return undefined;
  const tags: Record<string, string> = { ...targetTags };
  for (const [label, key] of Object.entries(mapping.tags)) {
    const value = sample.labels[label];
    if (value !== undefined && value !== "") tags[key] = value;
  }
  const { kind } = mapping;
  const metric = mapping.metric.replace(
    /\{(\w+)\}/g,
    (_, label: string) => sample.labels[label] ?? "",
  );
  if (!isBucket) return { kind, metric, tags, group: sample.key };
  const { le, ...others } = sample.labels;
  const bound = le === undefined || le === "+Inf" ? Infinity : Number(le);
  const group = JSON.stringify([family, Object.entries(others).sort()]);
  return { kind, metric, tags, group, bound };
};
