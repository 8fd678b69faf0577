import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CutoverClock } from "../clock.ts";
import type { DataAccount } from "./data/data-account.ts";
import type { Disturbance } from "./disturbance.ts";
import type { AppliedWeights } from "./gateway.ts";
import type { SentMessages } from "./monitoring/notification-sink.ts";
import type { FromWorld, ToWorld } from "./world-messages.ts";
import type { AlarmChange } from "./world.ts";
import { typescriptLoader } from "../typescript-loader.ts";

/** A world in its own process, as the rehearsal drives it. */
export interface WorldProcess {
  /** Follows the world's clock. */
  readonly clock: CutoverClock;
  readonly url: string;
  readonly gatewayUrl: string;
  readonly providers: string;
  /** Says whether only time must pass, and how fast then; settled when the clock's speed has changed. */
  letTimePass(passing: boolean, speed?: number): Promise<void>;
  disturb(disturbance: Disturbance): Promise<void>;
  weights(): Promise<AppliedWeights>;
  /** Accounts for the writes with these references; null with one database. */
  account(written: readonly string[]): Promise<DataAccount | null>;
  /** How long writes were frozen so far, cutover milliseconds. */
  frozen(): Promise<number>;
  /** What was sent to people so far. */
  messages(): Promise<SentMessages>;
  onAlarm(listener: (change: AlarmChange) => void): () => void;
  stop(): Promise<void>;
}

/**
 * Starts a world for one system.
 * @throws Error when its process cannot start, or ends before it is ready.
 */
export const startWorldProcess = async (options: {
  readonly system: string;
  readonly seed: number;
  readonly speed: number;
}): Promise<WorldProcess> => {
  const child = fork(fileURLToPath(new URL("main.ts", import.meta.url)), [], {
    execArgv: ["--import", typescriptLoader],
    stdio: ["ignore", 2, 2, "ipc"],
  });
  const listeners = new Set<(change: AlarmChange) => void>();
  const pending = new Map<number, (answer: FromWorld) => void>();
  const clock = new CutoverClock({ wallMilliseconds: 0, cutoverMilliseconds: 0, rate: 1 });
  let fail: (reason: Error) => void = () => undefined;
  // Every question to the world races with its failure, so that none waits for ever.
  const failed = new Promise<never>((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", (code, signal) => {
      fail(new Error(`the rehearsal's world ended (${signal ?? `exit status ${String(code)}`})`));
      resolve();
    });
  });
  const ready = new Promise<FromWorld & { type: "ready" }>((resolve) => {
    child.on("message", (message: FromWorld) => {
      switch (message.type) {
        case "ready":
          clock.follow(message.clock);
          resolve(message);
          return;
        case "clock":
          clock.follow(message.state);
          return;
        case "alarm":
          for (const listener of [...listeners]) listener(message.change);
          return;
        case "done":
        case "accounted":
        case "frozen":
        case "messages":
          pending.get(message.token)?.(message);
          pending.delete(message.token);
          return;
        case "failed":
          fail(new Error(message.reason));
      }
    });
  });
  const say = (message: ToWorld): void => {
    if (child.connected) child.send(message);
  };
  let { speed } = options;
  let tokens = 0;
  /** Asks the world's process. @throws Error for an answer of another type. */
  const ask = async <Type extends FromWorld["type"]>(
    wanted: Type,
    question: (token: number) => ToWorld,
  ): Promise<FromWorldOf<Type>> => {
    tokens += 1;
    const token = tokens;
    const answered = new Promise<FromWorld>((resolve) => pending.set(token, resolve));
    const asked = question(token);
    say(asked);
    const answer = await Promise.race([answered, failed]);
    if (isOf(answer, wanted)) return answer;
    throw new Error(`the world answered ${answer.type} to ${asked.type}`);
  };

  say({ type: "start", ...options });
  const { url, gatewayUrl, providers } = await Promise.race([ready, failed]);
  return {
    clock,
    url,
    gatewayUrl,
    providers,
    letTimePass: async (passing, fast = speed) => {
      speed = fast;
      await ask("done", (token) => ({ type: "pass", token, passing, speed: fast }));
    },
    disturb: async (disturbance) => {
      await ask("done", (token) => ({ type: "disturb", token, disturbance }));
    },
    weights: async () => (await ask("done", (token) => ({ type: "weights", token }))).weights,
    account: async (written) =>
      (await ask("accounted", (token) => ({ type: "account", token, written }))).data,
    frozen: async () => (await ask("frozen", (token) => ({ type: "frozen", token }))).milliseconds,
    messages: async () =>
      (await ask("messages", (token) => ({ type: "messages", token }))).messages,
    onAlarm: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      say({ type: "stop" });
      await exited;
    },
  };
};

type FromWorldOf<Type extends FromWorld["type"]> = Extract<FromWorld, { readonly type: Type }>;

const isOf = <Type extends FromWorld["type"]>(
  message: FromWorld,
  type: Type,
): message is FromWorldOf<Type> => message.type === type;
