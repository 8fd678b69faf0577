/** Wall milliseconds between two looks. */
const lookEvery = 1_000;

/** Aborts when the process that started this one is gone, which no signal tells. */
export const untilOrphaned = (): { readonly signal: AbortSignal; readonly stop: () => void } => {
  const orphaned = new AbortController();
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) orphaned.abort();
  }, lookEvery);
  return {
    signal: orphaned.signal,
    stop: () => {
      clearInterval(timer);
    },
  };
};
