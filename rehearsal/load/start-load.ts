import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { RehearsalExample } from "../../definition/rehearsal-example.ts";
import type { CutoverClock } from "../clock.ts";
import { ClockHistory } from "./clock-history.ts";
import { LoadRecord, type LoadTotals } from "./load-record.ts";
import type { FromLoad, Spacing, ToLoad } from "./messages.ts";
import { typescriptLoader } from "../typescript-loader.ts";

export interface LoadOptions {
  readonly gatewayUrl: string;
  readonly example: RehearsalExample;
  readonly seed: number;
  readonly clock: CutoverClock;
  /** Open-loop arrivals per wall second; the example's own when left out. */
  readonly requestsPerSecond?: number;
  readonly spacing?: Spacing;
  /** Wall milliseconds after which a client gives a request up; 10 s when left out. */
  readonly timeoutMilliseconds?: number;
  /** Wall milliseconds after which the process ends by itself; 4 h when left out. */
  readonly maximumMilliseconds?: number;
}

/** The load while it runs. */
export interface Load {
  readonly record: LoadRecord;
  /** References of all writes that were answered well. */
  readonly written: readonly string[];
  /** Undefined while it runs as it should; else how its process ended. */
  readonly failure: string | undefined;
  /** Its process, for those who watch what it costs. */
  readonly processId: number | undefined;
  setRequestsPerSecond(requestsPerSecond: number): void;
  /** Brings the record up to now. */
  flush(): Promise<void>;
  /**
   * Sends nothing more, waits until every request has its outcome, and ends the process.
   * @param drainMilliseconds what is open after that is lost; a client's patience and half a second when left out.
   */
  stop(drainMilliseconds?: number): Promise<LoadTotals>;
}

const DEFAULT_TIMEOUT = 10_000;
const DEFAULT_MAXIMUM = 4 * 3_600_000;
const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));

const startProcess = (): ChildProcess => {
  return fork(MAIN, [], {
    execArgv: ["--import", typescriptLoader],
    stdio: ["ignore", 2, 2, "ipc"],
  });
};

/** Starts open-loop load on the gateway, in a process of its own. */
export const startLoad = async (options: LoadOptions): Promise<Load> => {
  const { gatewayUrl, example, seed, clock } = options;
  const timeoutMilliseconds = options.timeoutMilliseconds ?? DEFAULT_TIMEOUT;
  const history = new ClockHistory(clock);
  const record = new LoadRecord((wall) => history.at(wall));
  // The clock may itself follow another process's: requests can be reported before its change is.
  const stopRestamping = clock.onChange(({ wallMilliseconds }) => {
    record.restamp(wallMilliseconds);
  });
  const written: string[] = [];
  const child = startProcess();
  const flushes = new Map<number, () => void>();
  let tokens = 0;
  let stopped = false;
  let failure: string | undefined;
  const tell = (message: ToLoad): void => {
    if (child.connected) child.send(message);
  };
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      if (!stopped)
        failure = `the load's process ended early (${signal ?? `exit status ${String(code)}`})`;
      resolve();
    });
  });
  // The last reports may be read after the exit is noticed, but before the channel closes.
  const read = new Promise<void>((resolve) => child.once("disconnect", resolve));
  const ended = Promise.all([exited, read]).then(() => {
    history.stop();
    stopRestamping();
    record.close();
    for (const flushed of flushes.values()) flushed();
  });
  const ready = new Promise<void>((resolve) => {
    child.on("message", (message: FromLoad) => {
      if (message.type === "ready") resolve();
      else if (message.type === "batch") {
        record.add(message.sent, message.finished);
        written.push(...message.written);
      } else if (message.type === "flushed") flushes.get(message.token)?.();
      else stopped = true;
    });
  });
  await Promise.race([ready, ended]);
  if (failure !== undefined) throw new Error(failure);
  tell({
    type: "start",
    configuration: {
      gatewayUrl,
      requests: example.requests,
      seed,
      requestsPerSecond: options.requestsPerSecond ?? example.requestsPerSecond,
      spacing: options.spacing ?? "poisson",
      timeoutMilliseconds,
      maximumMilliseconds: options.maximumMilliseconds ?? DEFAULT_MAXIMUM,
    },
  });
  return {
    record,
    written,
    get failure() {
      return failure;
    },
    processId: child.pid,
    setRequestsPerSecond(requestsPerSecond) {
      tell({ type: "rate", requestsPerSecond });
    },
    async flush() {
      if (!child.connected) return;
      tokens += 1;
      const token = tokens;
      await new Promise<void>((resolve) => {
        flushes.set(token, resolve);
        tell({ type: "flush", token });
      });
      flushes.delete(token);
    },
    async stop(drainMilliseconds = timeoutMilliseconds + 500) {
      tell({ type: "stop", drainMilliseconds });
      await ended;
      return record.totals();
    },
  };
};
