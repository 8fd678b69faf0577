import { median } from "simple-statistics";

/**
 * How far one sample lies above another: the median of all differences between a value of the one and a
 * value of the other (Hodges and Lehmann), which a few wild values do not move.
 * @param above finite numbers, at least one.
 * @param below likewise.
 */
export const shift = (above: readonly number[], below: readonly number[]): number =>
  median(above.flatMap((one) => below.map((other) => one - other)));
