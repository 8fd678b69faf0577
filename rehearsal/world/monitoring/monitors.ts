import { DatadogRefusal } from "./datadog-refusal.ts";
import type { MetricStore } from "./metric-store.ts";
import { parseMonitor, type MonitorDefinition, type ParsedMonitor } from "./monitor-definition.ts";
import { judgeMonitor, type MonitorState } from "./monitor-judgement.ts";
import { monitorWindow } from "./monitor-window.ts";
import { notificationOf, notifies, renotifies } from "./monitor-notification.ts";
import type { NotificationSink } from "./notification-sink.ts";

/** A monitor and where it stands; times are cutover time in milliseconds. */
export interface Monitor {
  readonly id: number;
  /** As it was given; thresholds that were left out stay out. */
  readonly definition: MonitorDefinition;
  /** The critical threshold, from the query. */
  readonly threshold: number;
  readonly state: MonitorState;
  /** When `state` changed last. */
  readonly stateModifiedAt: number;
  /** What the last evaluation saw; `undefined` when it saw nothing. */
  readonly value: number | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** A change of a monitor's state. */
export interface Transition {
  readonly monitorId: number;
  readonly name: string;
  readonly from: MonitorState;
  readonly to: MonitorState;
  readonly value: number | undefined;
  /** Cutover time, milliseconds. */
  readonly at: number;
  /** Whether a fault forced it. */
  readonly forced: boolean;
}

interface Entry {
  readonly id: number;
  parsed: ParsedMonitor;
  state: MonitorState;
  stateModifiedAt: number;
  value: number | undefined;
  readonly createdAt: number;
  modifiedAt: number;
  missingSince: number | undefined;
  forced: boolean;
  notifiedAt: number;
}

/** The monitors of the world. Time is an argument: cutover time, milliseconds. */
export class Monitors {
  readonly #store: MetricStore;
  readonly #sink: NotificationSink;
  readonly #entries = new Map<number, Entry>();
  readonly #listeners = new Set<(transition: Transition) => void>();
  readonly #history: Transition[] = [];
  #nextId = 1_000_001;

  constructor(store: MetricStore, sink: NotificationSink) {
    this.#store = store;
    this.#sink = sink;
  }

  /** All changes of state, oldest first, those of removed monitors too. */
  get history(): readonly Transition[] {
    return this.#history;
  }

  /** @throws DatadogRefusal 400 when Datadog would not take it. */
  create(input: unknown, now: number): Monitor {
    const entry: Entry = {
      id: this.#nextId,
      parsed: parseMonitor(input),
      state: "No Data",
      stateModifiedAt: now,
      value: undefined,
      createdAt: now,
      modifiedAt: now,
      missingSince: undefined,
      forced: false,
      notifiedAt: now,
    };
    this.#nextId += 1;
    this.#entries.set(entry.id, entry);
    return monitorOf(entry);
  }

  /** Replaces the fields that `patch` names. @throws DatadogRefusal 400, or 404. */
  update(id: number, patch: object, now: number): Monitor {
    const entry = this.#entry(id);
    const parsed = parseMonitor({ ...entry.parsed.definition, ...patch });
    entry.parsed = parsed;
    entry.modifiedAt = now;
    return monitorOf(entry);
  }

  /** @throws DatadogRefusal 404. */
  remove(id: number): void {
    this.#entries.delete(this.#entry(id).id);
  }

  get(id: number): Monitor | undefined {
    const entry = this.#entries.get(id);
    return entry && monitorOf(entry);
  }

  /** All monitors by id. */
  list(): readonly Monitor[] {
    return [...this.#entries.values()].map(monitorOf);
  }

  /** Judges every monitor that is not forced. */
  evaluate(now: number): void {
    for (const entry of this.#entries.values()) if (!entry.forced) this.#evaluateOne(entry, now);
  }

  /** A fault: the monitor goes to `state` and stays there until `release`. @throws DatadogRefusal 404. */
  force(id: number, state: MonitorState, now: number): void {
    const entry = this.#entry(id);
    entry.forced = true;
    this.#enter(entry, state, now);
  }

  /** Lets a forced monitor follow its query again. @throws DatadogRefusal 404. */
  release(id: number): void {
    this.#entry(id).forced = false;
  }

  /** Calls `listener` at each change of state; returns the way to stop that. */
  onTransition(listener: (transition: Transition) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #entry(id: number): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new DatadogRefusal(404, "Monitor not found");
    return entry;
  }

  #evaluateOne(entry: Entry, now: number): void {
    const values = monitorWindow(entry.parsed, this.#store, now);
    const judgement = judgeMonitor(entry.parsed, values, entry, now);
    entry.value = judgement.value;
    entry.missingSince = judgement.data ? undefined : (entry.missingSince ?? now);
    this.#enter(entry, judgement.state, now);
    this.#renotify(entry, now);
  }

  #enter(entry: Entry, state: MonitorState, now: number): void {
    const from = entry.state;
    if (from === state) return;
    const isFirst = entry.stateModifiedAt === entry.createdAt && from === "No Data";
    entry.state = state;
    entry.stateModifiedAt = now;
    const { id, value, forced } = entry;
    const { name } = entry.parsed.definition;
    const transition = { monitorId: id, name, from, to: state, value, at: now, forced };
    this.#history.push(transition);
    if (notifies(entry.parsed.definition, from, state, isFirst)) this.#notify(entry, from, now);
    for (const listener of [...this.#listeners]) listener(transition);
  }

  #renotify(entry: Entry, now: number): void {
    const { definition } = entry.parsed;
    if (renotifies(definition, entry.state, now - entry.notifiedAt)) {
      this.#notify(entry, entry.state, now);
    }
  }

  #notify(entry: Entry, from: MonitorState, now: number): void {
    entry.notifiedAt = now;
    const { title, text } = notificationOf(entry.parsed, {
      from,
      to: entry.state,
      value: entry.value,
    });
    this.#sink.send(title, text, now);
  }
}

const monitorOf = (entry: Entry): Monitor => ({
  id: entry.id,
  definition: entry.parsed.definition,
  threshold: entry.parsed.query.threshold,
  state: entry.state,
  stateModifiedAt: entry.stateModifiedAt,
  value: entry.value,
  createdAt: entry.createdAt,
  modifiedAt: entry.modifiedAt,
});
