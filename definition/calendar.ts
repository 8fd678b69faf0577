import type { Open } from "./tbd.ts";
import type { Duration } from "./units.ts";

export type Weekday =
  "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";

/**
 * A span in which traffic may move forward. Times are wall times of the calendar's zone, `HH:MM`. Where
 * clocks show the opening twice it is the first time; where they skip it, as long after the skip as it was
 * planned after the skip's beginning. A day that the zone leaves out has no window.
 */
export interface Window {
  readonly title: string;
  /** Days on which it opens; it may go on past midnight. */
  readonly weekdays: readonly Weekday[];
  readonly opens: Open<string>;
  /** Elapsed time, whatever clocks do meanwhile. */
  readonly lasts: Open<Duration>;
  /** The one date on which it is used, `YYYY-MM-DD`; without it, every such weekday. */
  readonly date?: Open<string>;
  /** Used only when the window of this title failed, and is on record as failed. */
  readonly onlyAfter?: string;
}

/**
 * A span in which nothing moves forward. Days are those of the calendar's zone. Closed days and events
 * close every window that they touch, as a whole: the night would run into them. Daily hours take only their
 * own time out of a window.
 */
export type Blackout =
  | {
      /** Unbroken to the end of each month, the weekends among them included. */
      readonly kind: "last business days";
      readonly count: number;
      readonly reason: string;
    }
  | {
      /** Unbroken over the end of each quarter, the weekends among them included. */
      readonly kind: "quarter end";
      readonly businessDaysBefore: number;
      readonly businessDaysAfter: number;
      readonly reason: string;
    }
  | {
      /** Their days are no business days either. */
      readonly kind: "public holidays";
      /** ISO 3166 country, and the region within it where holidays differ. */
      readonly country: Open<string>;
      readonly region?: Open<string>;
      readonly reason: string;
    }
  | {
      readonly kind: "events";
      readonly events: Open<readonly BusinessEvent[]>;
      readonly reason: string;
    }
  | {
      readonly kind: "daily hours";
      /** Wall times, half-open; a `to` that is no later than `from` is on the next day. */
      readonly from: string;
      readonly to: string;
      readonly weekdays?: readonly Weekday[];
      /** IANA zone of these hours, where it is not the calendar's. */
      readonly zone?: Open<string>;
      readonly reason: string;
    };

/** A named span of business, half-open, ISO 8601 instants. */
export interface BusinessEvent {
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

/** When traffic may move forward. Rolling back knows no calendar. */
export interface Calendar {
  /** IANA zone of all wall times. */
  readonly zone: Open<string>;
  readonly windows: readonly Window[];
  readonly blackouts: readonly Blackout[];
  /** How long before the first move in a window the date must have been announced. */
  readonly notice?: Duration;
  /** No window opens before this wall time of its day. */
  readonly notBefore?: string;
  /** No forward move before this date, `YYYY-MM-DD`. */
  readonly notBeforeDate?: string;
}
