import type { Open } from "./tbd.ts";
import { minutes, type Duration } from "./units.ts";

/** Something that is done days before the night. */
export interface Preparation<RoleName extends string = string> {
  /** Before T-0. */
  readonly before: Duration;
  readonly activity: string;
  readonly owner: RoleName;
  readonly lasts?: Duration;
  readonly source: string;
}

/** Who answers for a row of the night, who is asked and who is told; its owner carries it out. */
export interface Involved<RoleName extends string = string> {
  readonly accountable: RoleName;
  readonly consulted: readonly RoleName[] | "everyone";
  readonly informed: readonly RoleName[] | "everyone";
}

/** One row of the night. */
export interface Slot<StageName extends string = string, RoleName extends string = string> {
  /**
   * When it is planned: a wall time `HH:MM` in the calendar's zone, counted from T-0 on, or `T+H:MM` and
   * `T-H:MM`. Either shifts with T-0.
   */
  readonly at: string;
  readonly activity: string;
  readonly owner: RoleName | "everyone";
  readonly lasts?: Duration;
  /** The stage that this row moves to. */
  readonly movesTo?: StageName;
  /** Turns maintenance on or off. */
  readonly maintenance?: "on" | "off";
  readonly optional?: boolean;
  readonly involved?: Involved<RoleName>;
}

/** The night itself: T-0 and what happens from then on. */
export interface Night<StageName extends string = string, RoleName extends string = string> {
  /** T-0 as a wall time `HH:MM` in the calendar's zone. */
  readonly beginsAt: Open<string>;
  readonly slots: readonly Slot<StageName, RoleName>[];
}

/** How a slot's time may be written: a wall time, or an offset from T-0. */
export const slotTime =
  /^(?:(?<wall>([01]\d|2[0-3]):[0-5]\d)|T(?<sign>[+-])(?<offset>\d{1,3}:[0-5]\d))$/;

/**
 * When a slot is planned, counted from T-0; negative before it.
 * @param beginsAt T-0 as a wall time `HH:MM`; a slot at an earlier wall time is on the day after.
 * @throws RangeError when either is no time.
 */
export const offsetOf = (beginsAt: string, { at }: Pick<Slot, "at">): Duration => {
  const { wall, sign, offset } = slotTime.exec(at)?.groups ?? {};
  if (offset !== undefined) return minutes(minutesIn(offset) * (sign === "-" ? -1 : 1));
  if (wall === undefined) throw new RangeError(`${at} is no time`);
  return minutes((minutesIn(wall) - minutesIn(beginsAt) + 1_440) % 1_440);
};

const minutesIn = (time: string): number => {
  const [hour, minute] = time.split(":").map(Number);
  if (hour === undefined || minute === undefined) throw new RangeError(`${time} is no time`);
  return hour * 60 + minute;
};
