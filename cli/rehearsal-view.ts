import { inWords } from "../definition/units.ts";
import type { Progress, Watched } from "../rehearsal/progress.ts";
import type { Console } from "./subcommand.ts";

export interface RehearsalView {
  readonly show: (progress: Progress) => void;
  readonly end: () => void;
}

/** Lines of progress. */
export const rehearsalView = ({ log }: Console): RehearsalView => ({
  show: (progress) => {
    switch (progress.kind) {
      case "preparing":
        log(`… ${progress.what}`);
        return;
      case "stage":
        log(`\n${progress.stage}: ${progress.title}`);
        return;
      case "doing":
        log(`  ${progress.what}`);
        return;
      case "watching":
        log(`  ${watchedInText(progress.watched)}`);
        return;
      case "note":
        log(`  ! ${progress.text}`);
        return;
      case "reached":
        log(`  ✓ ${progress.text}`);
        return;
      case "ended":
    }
  },
  end: () => undefined,
});

const watchedInText = (watched: Watched): string =>
  `green ${watched.seen.toFixed(1)} % (set ${watched.set} %), errors ${watched.errorPercent.toFixed(2)} %, p95 ${Math.round(watched.p95Milliseconds)} ms, ${inWords({ milliseconds: watched.remainingMilliseconds })} left${watched.rate > 1 ? ` at ${watched.rate}×` : ""}`;
