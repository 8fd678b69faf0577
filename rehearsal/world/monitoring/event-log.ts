import * as z from "zod";
import { DatadogRefusal } from "./datadog-refusal.ts";
import type { NotificationSink } from "./notification-sink.ts";

const eventInput = z.strictObject({
  title: z.string().min(1).max(500),
  text: z.string().max(4000),
  tags: z.array(z.string()).default([]),
  alert_type: z
    .enum(["error", "warning", "info", "success", "user_update", "recommendation", "snapshot"])
    .default("info"),
  priority: z.enum(["normal", "low"]).default("normal"),
  aggregation_key: z.string().max(100).optional(),
  /** Seconds since the epoch, cutover time. */
  date_happened: z.int().optional(),
  device_name: z.string().optional(),
  host: z.string().optional(),
  related_event_id: z.int().optional(),
  source_type_name: z.string().optional(),
});

/** An event of the stream. */
export interface DatadogEvent extends Omit<z.infer<typeof eventInput>, "date_happened"> {
  readonly id: number;
  /** Seconds since the epoch, cutover time. */
  readonly date_happened: number;
}

/** Which events to list. */
export interface EventFilter {
  /** Seconds since the epoch, cutover time; both ends are included. */
  readonly start: number;
  readonly end: number;
  /** All of them must be there. */
  readonly tags?: readonly string[];
  readonly priority?: string;
}

/** The event stream of the world. Events that mention `@handles` notify them. */
export class EventLog {
  readonly #sink: NotificationSink;
  readonly #events: DatadogEvent[] = [];

  constructor(sink: NotificationSink) {
    this.#sink = sink;
  }

  /** @param now cutover time, milliseconds. @throws DatadogRefusal 400. */
  post(input: unknown, now: number): DatadogEvent {
    const result = eventInput.safeParse(input);
    if (!result.success) {
      const reasons = result.error.issues.map(
        ({ path, message }) => `${path.map(String).join(".")}: ${message}`,
      );
      throw new DatadogRefusal(400, ...reasons);
    }
    const { date_happened = Math.floor(now / 1000), ...rest } = result.data;
    const event = { ...rest, id: 7_000_001 + this.#events.length, date_happened };
    this.#events.push(event);
    this.#sink.send(event.title, event.text, now);
    return event;
  }

  get(id: number): DatadogEvent | undefined {
    return this.#events.find((event) => event.id === id);
  }

  /** Newest first, as Datadog lists them. */
  list({ start, end, tags = [], priority }: EventFilter): readonly DatadogEvent[] {
    return this.#events
      .filter(({ date_happened }) => date_happened >= start && date_happened <= end)
      .filter((event) => tags.every((tag) => event.tags.includes(tag)))
      .filter((event) => priority === undefined || event.priority === priority)
      .reverse();
  }
}
