const FIRST = 10_000;
const LONGEST = 300_000;

/** Cutover milliseconds before the nth restart, as the kubelet waits: 0, 10 s, 20 s, … up to 5 min. */
export const restartBackOff = (restart: number): number =>
  restart <= 1 ? 0 : Math.min(LONGEST, FIRST * 2 ** (restart - 2));
