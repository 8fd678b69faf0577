import type { Progress } from "../rehearsal/progress.ts";
import { oneLine } from "./one-line.ts";
import { interrupting, type View } from "./view.ts";
import { statusLine } from "./status-line.ts";
import { hanging } from "./wrapped.ts";

/** Wall milliseconds between two lines that only say how it goes. */
const quiet = 5_000;

export interface PlainViewOptions {
  readonly log: (text: string) => void;
  readonly signal: AbortSignal;
  /** Wall time in milliseconds. */
  readonly now: () => number;
}

/** Progress as lines for a file or a pipe: no colours, nothing drawn twice. */
export const plainView = ({ log, signal, now }: PlainViewOptions): View => {
  let nextStatusAt = 0;
  const onInterrupt = (): void => {
    log(interrupting);
  };
  signal.addEventListener("abort", onInterrupt);
  return {
    show: (progress) => {
      if (progress.kind === "watching") {
        if (now() < nextStatusAt) return;
        nextStatusAt = now() + quiet;
      }
      // What happens at a new stage is seen at once.
      if (progress.kind === "stage") nextStatusAt = 0;
      const line = inPlainText(progress);
      if (line !== undefined) log(line);
    },
    end: () => {
      signal.removeEventListener("abort", onInterrupt);
      return Promise.resolve();
    },
  };
};

const inPlainText = (progress: Progress): string | undefined => {
  switch (progress.kind) {
    case "preparing":
      return hanging("… ", oneLine(progress.what));
    case "stage":
      return hanging("", oneLine(`${progress.stage}: ${progress.title}`));
    case "doing":
      return hanging("  … ", oneLine(progress.what));
    case "watching":
      return hanging("  ", statusLine(progress.watched));
    case "note":
      return hanging("  ! ", oneLine(progress.text));
    case "reached":
      return hanging("  ✓ ", oneLine(progress.text));
    case "ended":
      return undefined;
  }
};
