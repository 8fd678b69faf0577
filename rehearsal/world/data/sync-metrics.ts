import { Gauge, Registry } from "prom-client";

/** What the copying reports; a figure that is not known yet is left out. */
export interface SyncFigures {
  /** Changes that wait in either store. */
  readonly backlog: number;
  /** Age of the oldest of them, milliseconds. */
  readonly lag: number;
  /** Rows that differ and that no waiting change explains. */
  readonly mismatches: number | undefined;
}

/** The figures in Prometheus' text format, read anew at each scrape. */
export const syncMetrics = (
  service: string,
  figures: () => Promise<SyncFigures>,
): (() => Promise<string>) => {
  const registry = new Registry();
  const gauge = (name: string, help: string): ((value: number | undefined) => void) => {
    const made = new Gauge({ name, help, labelNames: ["service"], registers: [registry] });
    return (value) => {
      if (value !== undefined) made.set({ service }, value);
    };
  };
  const backlog = gauge("sync_backlog", "Changes that are not copied yet.");
  const lag = gauge("sync_lag_milliseconds", "Age of the oldest change that is not copied yet.");
  const mismatches = gauge("sync_mismatches", "Rows that differ between the stores.");
  return async () => {
    const now = await figures();
    backlog(now.backlog);
    lag(now.lag);
    mismatches(now.mismatches);
    return registry.metrics();
  };
};
