import type { LiveReading } from "../rehearsal/standing-world/live-reading.ts";
import type { Console } from "./subcommand.ts";
import { statusLine } from "./status-line.ts";

/** Wall milliseconds between two lines where none can be drawn anew. */
const quiet = 30_000;

/** One line that says how a standing world goes: drawn anew on a terminal, now and then elsewhere. */
export const worldStatus = ({
  terminal,
  log,
}: Pick<Console, "terminal" | "log">): {
  readonly show: (reading: LiveReading) => void;
  readonly end: () => void;
} => {
  let nextAt = 0;
  let stage: string | undefined;
  let drawn = false;
  return {
    show: (reading) => {
      const line = inWords(reading);
      if (terminal !== undefined) {
        terminal.write(`\r\u001b[2K${line.slice(0, terminal.columns - 1)}`);
        drawn = true;
        return;
      }
      if (reading.wallAt < nextAt && reading.stage === stage) return;
      nextAt = reading.wallAt + quiet;
      stage = reading.stage;
      log(line);
    },
    end: () => {
      if (drawn) terminal?.write("\r\u001b[2K");
    },
  };
};

const inWords = (reading: LiveReading): string => {
  const { at, stage, updating, weights, lately, carriesUntil, rate } = reading;
  const clock = `${new Date(at).toISOString().slice(11, 19)} UTC`;
  const doing = updating === undefined ? "" : `, process ${updating} updates`;
  const head = `${clock}  ${stage ?? "nothing deployed yet"}${doing}`;
  if (lately === undefined) return head;
  const watched = statusLine({
    set: weights.green,
    seen: 100 * lately.share.seen,
    errorPercent: lately.errorPercent,
    p95Milliseconds: lately.p95Milliseconds ?? 0,
    remainingMilliseconds: Math.max(0, (carriesUntil ?? at) - at),
    rate,
  });
  return `${head}: ${watched}`;
};
