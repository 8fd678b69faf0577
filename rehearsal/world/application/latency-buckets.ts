/** Upper bounds in milliseconds of the latency histograms: 25 ms apart around the 500 ms thresholds. */
export const LATENCY_BUCKETS: readonly number[] = [
  1, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 140, 160, 180, 200, 225,
  250, 275, 300, 325, 350, 375, 400, 425, 450, 475, 500, 525, 550, 575, 600, 650, 700, 750, 800,
  850, 900, 950, 1_000, 1_250, 1_500, 2_000, 3_000, 5_000, 10_000,
];
