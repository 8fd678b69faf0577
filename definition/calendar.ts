import type { Open } from "./tbd.ts";
import type { Duration } from "./units.ts";

export type Weekday =
  "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday";

/** A span in which traffic may move forward. Times are wall times of the calendar's zone, `HH:MM`. */
export interface Window {
  readonly title: string;
  readonly weekdays: readonly Weekday[];
  readonly opens: Open<string>;
  readonly lasts: Open<Duration>;
  /** The one date on which it is used, `YYYY-MM-DD`; without it, every such weekday. */
  readonly date?: Open<string>;
  /** Used only when the window of this title failed. */
  readonly onlyAfter?: string;
}

/** A span in which nothing moves forward. */
export type Blackout =
  | { readonly kind: "last business days"; readonly count: number; readonly reason: string }
  | {
      readonly kind: "quarter end";
      readonly businessDaysBefore: number;
      readonly businessDaysAfter: number;
      readonly reason: string;
    }
  | {
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
  /** How long before T-0 the date must have been announced. */
  readonly notice?: Duration;
  /** No forward move begins before this wall time. */
  readonly notBefore?: string;
  /** No forward move before this date, `YYYY-MM-DD`. */
  readonly notBeforeDate?: string;
}
