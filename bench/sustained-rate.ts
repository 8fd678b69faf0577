/** Rates that are tried in turn, requests a second; the first one is the unloaded one. */
export const rateSteps = [
  50, 100, 200, 300, 400, 500, 600, 800, 1_000, 1_300, 1_600, 2_000,
] as const;

/** What a rate was like. */
export interface RateReading {
  readonly rate: number;
  readonly answeredPerSecond: number;
  readonly p95Milliseconds: number;
}

export interface Sustained {
  /** The last rate that was carried, requests a second; 0 if none was. */
  readonly rate: number;
  readonly unloadedMilliseconds: number;
  /** Whether the last step was too much. */
  readonly exceeded: boolean;
  /** The last step that was tried. */
  readonly at: number;
}

/** How many times the unloaded 95th percentile still counts as carried. */
const slowdown = 3;
/** Share of the rate that must be answered well while it is held. */
const answered = 0.9;

/**
 * The highest rate before the first one that was answered too slowly, or too seldom.
 * @param readings in the order of their rates.
 */
export const sustained = (readings: readonly RateReading[]): Sustained => {
  const unloadedMilliseconds = readings[0]?.p95Milliseconds ?? Number.NaN;
  const tooMuch = readings.findIndex(
    ({ rate, answeredPerSecond, p95Milliseconds }) =>
      // Written so that NaN is too much.
      !(p95Milliseconds <= slowdown * unloadedMilliseconds && answeredPerSecond >= answered * rate),
  );
  const carried = tooMuch < 0 ? readings : readings.slice(0, tooMuch);
  return {
    rate: carried.at(-1)?.rate ?? 0,
    unloadedMilliseconds,
    exceeded: tooMuch >= 0,
    at: readings.at(-1)?.rate ?? 0,
  };
};
