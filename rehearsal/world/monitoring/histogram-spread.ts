import { Sketch } from "./sketch.ts";

/** Into how many equal parts a bucket's requests are spread at most; 1/32 of a bucket is below its own error. */
const PARTS = 32;

/**
 * Values as a histogram's increases describe them, spread evenly inside of each bucket. What lies
 * above the last finite bound is taken to be at that bound, as Prometheus does.
 * @param cumulative by upper bound, how many values at or below it were added.
 */
export const histogramSpread = (cumulative: ReadonlyMap<number, number>): Sketch => {
  const sketch = new Sketch();
  let lower = 0;
  let below = 0;
  for (const [upper, atOrBelow] of [...cumulative].sort(([one], [other]) => one - other)) {
    const added = atOrBelow - below;
    if (Number.isNaN(added)) sketch.add(NaN);
    else if (added > 0) {
      const width = upper === Infinity ? 0 : upper - lower;
      const parts = Math.min(Math.ceil(added), PARTS);
      for (let part = 0; part < parts; part += 1) {
        sketch.add(lower + (width * (part + 0.5)) / parts, added / parts);
      }
    }
    below = Math.max(below, atOrBelow);
    if (upper !== Infinity) lower = upper;
  }
  return sketch;
};
