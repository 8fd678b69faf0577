import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Freeze } from "../../definition/freeze.ts";
import type { RehearsalExample } from "../../definition/rehearsal-example.ts";
import type { RequestMetrics } from "../../definition/request-metrics.ts";
import type { CutoverClock } from "../clock.ts";
import { exampleAnswers, type ApplicationStore, type Call } from "./application/example-answers.ts";
import { isBalancerCheck, isHealthCheck } from "./application/health-checkers.ts";
import { LoopbackServer } from "./application/loopback-server.ts";
import { answerUnavailable, isAnsweredUnavailable } from "./application/answer-unavailable.ts";
import { AnswerTime } from "./application/answer-time.ts";
import { MemoryUse } from "./application/memory-use.ts";
import { podMetrics } from "./application/pod-metrics.ts";
import { RequestRate } from "./application/request-rate.ts";
import { serviceTime } from "./application/service-time.ts";
import type { SessionCache } from "./application/session-cache.ts";
import type { Behaviour, Side } from "./behaviour.ts";
import { DatabaseUnavailable } from "./database.ts";

export interface ApplicationOptions {
  readonly example: RehearsalExample;
  readonly requestMetrics: RequestMetrics;
  readonly side: Side;
  /** What it says its version is. */
  readonly version: string;
  /** Its Deployment. */
  readonly workload: string;
  readonly namespace: string;
  readonly podName: string;
  readonly cpuLimitCores: number;
  /** Its environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Services beside its database that its health answer speaks of; in a rehearsal they are always there. */
  readonly dependencies: readonly string[];
  /** Requests per wall second that this pod serves when its side serves everything. */
  readonly fullLoadPerSecond: () => number;
  readonly behaviour: () => Behaviour;
  readonly store: ApplicationStore;
  /** The freeze that stops all writes, while it is in force. */
  readonly freeze: () => Freeze | undefined;
  /** The maintenance in which no user is answered, while it is in force. */
  readonly maintenance: () => Freeze | undefined;
  /** Where its side keeps the sessions of its users. */
  readonly sessions: SessionCache;
  readonly clock: CutoverClock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

const DRAIN_QUIET_MILLISECONDS = 100;

/** The process in one pod: a real HTTP server on the loopback interface that answers as its version does. */
export class Application {
  readonly #options: ApplicationOptions;
  #server: LoopbackServer | undefined;
  readonly #callOf: (method: string, path: string) => Call | undefined;
  readonly #serviceTime: () => number;
  readonly #rate = new RequestRate();
  readonly #memory: MemoryUse;
  readonly #metrics;
  #inFlight = 0;
  #busyAt = 0;

  private constructor(options: ApplicationOptions) {
    const { example, side, store, sessions, random, behaviour, clock } = options;
    this.#options = options;
    this.#callOf = exampleAnswers(example, store, random, (person) => {
      sessions.put(`session:${person}`, { person, seen: clock.now() });
    });
    this.#serviceTime = serviceTime(example[side], random);
    this.#memory = new MemoryUse(example[side].memoryPercent, behaviour, clock.now());
    this.#metrics = podMetrics({
      ...options,
      cpuPercent: () => this.cpuPercent(),
      memoryPercent: () => this.memoryPercent(),
    });
  }

  /** Starts listening on a free port. */
  static async start(options: ApplicationOptions): Promise<Application> {
    const application = new Application(options);
    application.#server = await LoopbackServer.start((request, response) => {
      application.#serve(request, response).catch(() => response.destroy());
    });
    return application;
  }

  /** `http://127.0.0.1:PORT`. */
  get origin(): string {
    return this.#server?.origin ?? "";
  }

  /** CPU use in percent of the limit, from the load of the last two wall seconds. */
  cpuPercent(): number {
    const { example, side, behaviour, fullLoadPerSecond } = this.#options;
    const share = this.#rate.perSecond() / Math.max(fullLoadPerSecond(), Number.EPSILON);
    return Math.min(100, example[side].cpuPercentAtFullLoad * share + behaviour().extraCpuPercent);
  }

  /** Memory use in percent of the limit; at 100 the process must be killed. */
  memoryPercent(): number {
    return this.#memory.percent(this.#options.clock.now());
  }

  /** Answers what is in flight and what still arrives until it is quiet, then closes. */
  async stop(): Promise<void> {
    this.#busyAt = performance.now();
    while (this.#inFlight > 0 || performance.now() - this.#busyAt < DRAIN_QUIET_MILLISECONDS) {
      await wait(10);
    }
    await this.kill();
  }

  /** Dies at once: every connection is cut. */
  async kill(): Promise<void> {
    await this.#server?.stop();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { side, version } = this.#options;
    response.setHeader("x-served-by", side);
    response.setHeader("x-version", version);
    request.resume();
    const path = new URL(request.url ?? "/", "http://pod").pathname;
    if (path === "/metrics") {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(await this.#metrics.text());
      return;
    }
    const time = new AnswerTime();
    const method = request.method ?? "GET";
    const call = this.#callOf(method, path);
    this.#inFlight += 1;
    response.once("close", () => {
      this.#inFlight -= 1;
      this.#busyAt = performance.now();
      if (isHealthCheck(request)) return;
      const code = response.writableFinished ? response.statusCode : 0;
      this.#metrics.answered({
        code,
        milliseconds: time.milliseconds(),
        call: `${method} ${call?.request.path ?? path}`,
        unavailable: isAnsweredUnavailable(response),
      });
    });
    if (method === "GET" && path === "/api/health") {
      if (isBalancerCheck(request) && this.#options.behaviour().failsBalancerChecks) {
        this.#json(response, 503, { error: "unknown host" });
        return;
      }
      return this.#health(response);
    }
    const maintenance = this.#options.maintenance();
    if (method === "GET" && path === "/api/v1/status") {
      this.#json(response, 200, this.#status());
    } else if (maintenance !== undefined) {
      answerUnavailable(response, "maintenance", maintenance, this.#options.clock.now());
    } else if (call === undefined) {
      this.#json(response, 404, { error: `no such call: ${method} ${path}` });
    } else await this.#answer(call, response, time);
  }

  async #answer(call: Call, response: ServerResponse, time: AnswerTime): Promise<void> {
    this.#rate.mark();
    const freeze = call.writes ? this.#options.freeze() : undefined;
    if (freeze !== undefined) {
      answerUnavailable(response, "frozen", freeze, this.#options.clock.now());
      return;
    }
    const { errorShare, failingRequests, resetShare, extraLatencyMilliseconds } =
      this.#options.behaviour();
    const failing = errorShare + (failingRequests[call.request.name] ?? 0);
    const drawn = this.#options.random();
    const takes = this.#serviceTime() + extraLatencyMilliseconds;
    const outcome = drawn < failing || !this.#charge(call) ? internalError : await ask(call);
    await time.reach(takes);
    if (drawn >= failing && drawn < failing + resetShare) response.socket?.resetAndDestroy();
    else {
      if (outcome.written !== undefined && "copied" in this.#options.example.data) {
        response.setHeader("x-written", outcome.written);
      }
      this.#json(response, outcome.code, outcome.body);
    }
  }

  /** Takes the payment that a call asks for, if it does. @returns false when it cannot be processed. */
  #charge({ request }: Call): boolean {
    if (request.charges !== true) return true;
    const { paymentErrorShare } = this.#options.behaviour();
    const failed = paymentErrorShare > 0 && this.#options.random() < paymentErrorShare;
    this.#metrics.charged({ failed });
    return !failed;
  }

  async #health(response: ServerResponse): Promise<void> {
    const { store, dependencies } = this.#options;
    const database = await ("query" in store ? store.query("SELECT 1") : store.ping()).then(
      () => "connected",
      () => "disconnected",
    );
    const starting = this.#options.behaviour().neverReady;
    const healthy = !starting && database === "connected";
    this.#json(response, healthy ? 200 : 503, {
      status: healthy ? "healthy" : starting ? "starting" : "unhealthy",
      ...this.#identity(),
      ...Object.fromEntries(dependencies.map((name) => [name, "connected"])),
      database,
      ...(healthy ? {} : { error: starting ? "not ready" : "database disconnected" }),
    });
  }

  #status(): Record<string, unknown> {
    return { status: "ok", ...this.#identity(), pod: this.#options.podName };
  }

  #identity(): Record<string, unknown> {
    const timestamp = new Date(this.#options.clock.now()).toISOString();
    return { version: this.#options.version, timestamp };
  }

  #json(response: ServerResponse, code: number, body: unknown): void {
    const text = JSON.stringify(body, (_, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    response.writeHead(code, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    });
    response.end(text);
  }
}

interface Outcome {
  readonly code: number;
  readonly body: unknown;
  /** Reference of what was written. */
  readonly written?: string;
}

const internalError: Outcome = { code: 500, body: { error: "internal error" } };

const ask = async ({ answer }: Call): Promise<Outcome> => {
  try {
    const { rows, ...written } = await answer();
    return { code: 200, body: { rows }, ...written };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: error instanceof DatabaseUnavailable ? 503 : 500, body: { error: message } };
  }
};
