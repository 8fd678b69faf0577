import { setTimeout as wait } from "node:timers/promises";
import type { CutoverClock } from "../../clock.ts";
import type { Behaviour, Side } from "../behaviour.ts";
import type { Container } from "./container.ts";
import type { PodDirectory, PodEndpoint } from "./pod-directory.ts";
import { mainContainer, type PodTemplate } from "./pod-template.ts";
import { ReadinessState } from "./readiness-state.ts";
import { readiness } from "./readiness.ts";
import { restartBackOff } from "./restart-back-off.ts";

export interface PodOptions {
  readonly name: string;
  readonly namespace: string;
  readonly workload: string;
  readonly side: Side | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly template: PodTemplate;
  readonly behaviour: () => Behaviour;
  readonly startContainer: () => Promise<Container>;
  readonly clock: CutoverClock;
  readonly directory: PodDirectory;
}

type Phase = "starting" | "running" | "back-off" | "terminating" | "gone";
type Exit = "Error" | "OOMKilled" | "StartError";

const START_UP_MILLISECONDS = 300;
const LOOK_MILLISECONDS = 100;
/** After ten minutes without an exit the kubelet forgets the earlier ones. */
const FORGET_EXITS_AFTER = 600_000;

/** One pod with the kubelet that looks after it: starts, probes, restarts and ends its container. */
export class Pod implements PodEndpoint {
  readonly #options: PodOptions;
  readonly #ended = new AbortController();
  readonly #readiness: ReadinessState;
  #phase: Phase = "starting";
  #container: Container | undefined;
  #ending: Promise<void> | undefined;
  #restarts = 0;
  #recentExits = 0;
  #lastExit: { reason: Exit; message?: string } | undefined;

  constructor(options: PodOptions) {
    this.#options = options;
    const probe = mainContainer(options.template).readinessProbe;
    this.#readiness = new ReadinessState(probe?.failureThreshold ?? 1);
    options.directory.add(this);
    void this.#live();
  }

  get name(): string {
    return this.#options.name;
  }
  get namespace(): string {
    return this.#options.namespace;
  }
  get workload(): string {
    return this.#options.workload;
  }
  get side(): Side | undefined {
    return this.#options.side;
  }
  get labels(): Readonly<Record<string, string>> {
    return this.#options.labels;
  }
  get origin(): string | undefined {
    return this.#container?.origin;
  }
  get ready(): boolean {
    return this.#readiness.ready;
  }
  get terminating(): boolean {
    return this.#phase === "terminating" || this.#phase === "gone";
  }
  get restarts(): number {
    return this.#restarts;
  }

  /** Ready for so long, in cutover seconds. */
  availableAfter(minReadySeconds: number): boolean {
    const { since } = this.#readiness;
    return since !== undefined && this.#options.clock.now() - since >= minReadySeconds * 1_000;
  }

  /** Nothing happens to it before a back-off or a deadline has passed. */
  get onlyWaiting(): boolean {
    const unready = this.#phase === "running" && !this.ready && this.#readiness.hopeless;
    return this.#phase === "back-off" || unready;
  }

  /** Why it is not ready, in the kubelet's words; undefined when it is, or is only starting. */
  get failure(): string | undefined {
    const exited = this.#lastExit;
    if (this.ready || this.terminating) return undefined;
    if (exited !== undefined && this.#phase !== "running") {
      const detail = exited.message === undefined ? "" : `: ${exited.message}`;
      return `pod ${this.name}: CrashLoopBackOff, last exit ${exited.reason}${detail}, restarted ${this.#restarts} times`;
    }
    const { message } = this.#readiness;
    return message === undefined
      ? undefined
      : `pod ${this.name}: Readiness probe failed: ${message}`;
  }

  /** Leaves the endpoints, finishes what is in flight, and ends. */
  async terminate(): Promise<void> {
    this.#ending ??= this.#end();
    await this.#ending;
  }

  async #end(): Promise<void> {
    this.#phase = "terminating";
    this.#ended.abort();
    this.#leaveEndpoints();
    const container = this.#container;
    if (container !== undefined) {
      const grace = this.#options.template.spec.terminationGracePeriodSeconds * 1_000;
      const expiry = new AbortController();
      const expired = wait(grace, undefined, { signal: expiry.signal }).then(
        () => container.kill(),
        () => undefined,
      );
      await Promise.race([container.stop(), expired]);
      expiry.abort();
    }
    this.#phase = "gone";
    this.#container = undefined;
    this.#options.directory.remove(this);
  }

  async #live(): Promise<void> {
    const { clock, behaviour, startContainer, directory } = this.#options;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      this.#phase = "starting";
      directory.changed();
      await pause(START_UP_MILLISECONDS, signal);
      if (signal.aborted) return;
      let exit: { reason: Exit; message?: string } = { reason: "Error" };
      const startedAt = clock.now();
      if (!behaviour().crashing) {
        try {
          const container = await startContainer();
          if (signal.aborted) {
            await container.kill();
            return;
          }
          this.#container = container;
          exit = { reason: await this.#watch(container, signal) };
        } catch (error) {
          exit = {
            reason: "StartError",
            message: error instanceof Error ? error.message : String(error),
          };
        }
      }
      if (signal.aborted) return;
      await this.#exited(exit);
      if (clock.now() - startedAt > FORGET_EXITS_AFTER) this.#recentExits = 0;
      this.#recentExits += 1;
      await clock.sleep(restartBackOff(this.#recentExits), signal);
      this.#restarts += 1;
    }
  }

  async #exited(exit: { reason: Exit; message?: string }): Promise<void> {
    const container = this.#container;
    this.#container = undefined;
    this.#lastExit = exit;
    this.#phase = "back-off";
    this.#leaveEndpoints();
    await container?.kill();
  }

  /** Looks after the running container until it must end. */
  async #watch(container: Container, signal: AbortSignal): Promise<Exit> {
    const { clock, behaviour, template, directory } = this.#options;
    const probe = mainContainer(template).readinessProbe;
    let probeAt = 0;
    this.#phase = "running";
    while (!signal.aborted) {
      if (behaviour().crashing) return "Error";
      if (container.memoryPercent() >= 100) return "OOMKilled";
      if (clock.now() >= probeAt) {
        const message = await readiness(probe, container.origin);
        if (!signal.aborted && this.#readiness.probed(message, clock.now())) directory.changed();
        // Until it is ready it is asked at each look, so that a start waits for no probe period.
        if (this.ready) probeAt = clock.now() + (probe?.periodSeconds ?? 10) * 1_000;
      }
      await pause(LOOK_MILLISECONDS, signal);
    }
    return "Error";
  }

  #leaveEndpoints(): void {
    this.#readiness.reset();
    this.#options.directory.changed();
  }
}

const pause = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await wait(milliseconds, undefined, { signal });
  } catch {
    // Aborted: whoever waits looks at the signal.
  }
};
