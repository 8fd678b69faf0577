import type { Monitor } from "./monitors.ts";

/** The threshold that a monitor watches; undefined when it watches none. */
export const thresholdOf = (monitor: Monitor | undefined): string | undefined =>
  monitor?.definition.tags?.find((tag) => tag.startsWith("threshold:"))?.slice("threshold:".length);
