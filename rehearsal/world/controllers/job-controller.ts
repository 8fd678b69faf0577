import { z } from "zod";
import type { CutoverClock } from "../../clock.ts";
import type { KubernetesObject, ObjectReference, ObjectStore } from "../kubernetes-object.ts";
import { restartBackOff } from "../pods/restart-back-off.ts";

/** What one run of a Job's command came to. */
export interface JobRun {
  readonly ok: boolean;
  readonly log: string;
}

export interface JobControllerOptions {
  readonly store: ObjectStore;
  readonly clock: CutoverClock;
  /** Runs the command of the Job's container once, until it ends or its pod is deleted. */
  readonly runJob: (job: KubernetesObject, signal: AbortSignal) => Promise<JobRun>;
  /** Called when the Jobs begin or end to wait for back-offs only. */
  readonly onIdleWait: (waiting: boolean) => void;
}

const API_VERSION = "batch/v1";
const KIND = "Job";
const JobSpec = z.looseObject({
  backoffLimit: z.int().nonnegative().default(6),
  activeDeadlineSeconds: z.int().positive().optional(),
  suspend: z.boolean().default(false),
});

const complete = {
  type: "Complete",
  reason: "CompletionsReached",
  message: "Reached expected number of succeeded pods",
};
const tooManyFailures = {
  type: "Failed",
  reason: "BackoffLimitExceeded",
  message: "Job has reached the specified backoff limit",
};
const tooLong = {
  type: "Failed",
  reason: "DeadlineExceeded",
  message: "Job was active longer than specified deadline",
};

const referenceOf = ({ metadata }: KubernetesObject): ObjectReference => ({
  apiVersion: API_VERSION,
  kind: KIND,
  namespace: metadata.namespace ?? "default",
  name: metadata.name,
});
const keyOf = ({ namespace, name }: Pick<ObjectReference, "namespace" | "name">): string =>
  `${namespace}/${name}`;

/** Runs the Jobs of the store to their end, with retries up to their back-off limit. */
export class JobController {
  readonly #options: JobControllerOptions;
  readonly #running = new Map<string, AbortController>();
  readonly #runs = new Set<Promise<void>>();
  readonly #logs = new Map<string, string>();
  readonly #failures = new Map<string, string[]>();
  readonly #stopFollowing: () => void;
  #backingOff = 0;

  constructor(options: JobControllerOptions) {
    this.#options = options;
    this.#stopFollowing = options.store.watch((change) => {
      const { object } = change;
      if (object.apiVersion !== API_VERSION || object.kind !== KIND) return;
      if (change.type === "deleted") this.#running.get(keyOf(referenceOf(object)))?.abort();
      else if (change.specChanged) this.#start(object);
    });
    for (const job of options.store.list(API_VERSION, KIND)) {
      if (!isFinished(job)) this.#start(job);
    }
  }

  /** One line for each failed run of a Job. */
  podFailures(reference: Pick<ObjectReference, "namespace" | "name">): readonly string[] {
    return this.#failures.get(keyOf(reference)) ?? [];
  }

  /** What the last run of a Job printed. */
  log(reference: Pick<ObjectReference, "namespace" | "name">): string | undefined {
    return this.#logs.get(keyOf(reference));
  }

  async stop(): Promise<void> {
    this.#stopFollowing();
    for (const running of this.#running.values()) running.abort();
    await Promise.all(this.#runs);
  }

  #start(job: KubernetesObject): void {
    const key = keyOf(referenceOf(job));
    const { backoffLimit, activeDeadlineSeconds, suspend } = JobSpec.parse(job.spec ?? {});
    if (suspend || this.#running.has(key)) return;
    const ended = new AbortController();
    this.#running.set(key, ended);
    this.#failures.set(key, []);
    const startTime = this.#time();
    if (activeDeadlineSeconds !== undefined) {
      void this.#endAfter(activeDeadlineSeconds * 1_000, job, startTime, ended);
    }
    const run = this.#run(job, startTime, backoffLimit, ended.signal).finally(() => {
      ended.abort();
      this.#running.delete(key);
      this.#runs.delete(run);
    });
    this.#runs.add(run);
  }

  async #run(
    job: KubernetesObject,
    startTime: string,
    backoffLimit: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, runJob } = this.#options;
    for (let failed = 0; !signal.aborted;) {
      this.#setStatus(job, { active: 1, ready: 1, failed, succeeded: 0, startTime });
      const { ok, log } = await runJob(job, signal).catch((error: unknown) => ({
        ok: false,
        log: String(error),
      }));
      if (signal.aborted) return;
      this.#logs.set(keyOf(referenceOf(job)), log);
      if (ok) {
        const completionTime = this.#time();
        this.#finish(job, complete, { failed, succeeded: 1, startTime, completionTime });
        return;
      }
      failed += 1;
      this.#noteFailure(job, failed, log);
      if (failed > backoffLimit) {
        this.#finish(job, tooManyFailures, { failed, succeeded: 0, startTime });
        return;
      }
      this.#setStatus(job, { active: 0, failed, succeeded: 0, startTime });
      this.#wait(1);
      // A Job's pod waits 10 s before its first retry already: no free one as a container has.
      await clock.sleep(restartBackOff(failed + 1), signal);
      this.#wait(-1);
    }
  }

  /** Ends the Job, and its pod, once it was active for so long, whatever retries it has left. */
  async #endAfter(
    milliseconds: number,
    job: KubernetesObject,
    startTime: string,
    ended: AbortController,
  ): Promise<void> {
    await this.#options.clock.sleep(milliseconds, ended.signal);
    if (ended.signal.aborted) return;
    ended.abort();
    const failed = (this.#failures.get(keyOf(referenceOf(job)))?.length ?? 0) + 1;
    this.#noteFailure(job, failed, tooLong.message);
    this.#finish(job, tooLong, { failed, succeeded: 0, startTime });
  }

  #finish(
    job: KubernetesObject,
    condition: Readonly<Record<"type" | "reason" | "message", string>>,
    counts: Readonly<Record<string, unknown>>,
  ): void {
    const lastTransitionTime = this.#time();
    this.#setStatus(job, {
      active: 0,
      ...counts,
      conditions: [{ ...condition, status: "True", lastTransitionTime }],
    });
  }

  #noteFailure(job: KubernetesObject, failed: number, log: string): void {
    const lastLine = log.trimEnd().split("\n").at(-1) ?? "";
    this.#failures
      .get(keyOf(referenceOf(job)))
      ?.push(`pod ${job.metadata.name}-${failed}: Error: ${lastLine}`);
  }

  #setStatus(job: KubernetesObject, status: Readonly<Record<string, unknown>>): void {
    const { store } = this.#options;
    const reference = referenceOf(job);
    if (store.get(reference) !== undefined) store.setStatus(reference, status);
  }

  #wait(change: 1 | -1): void {
    const before = this.#backingOff > 0;
    this.#backingOff += change;
    if (this.#backingOff > 0 !== before) this.#options.onIdleWait(this.#backingOff > 0);
  }

  #time(): string {
    return new Date(this.#options.clock.now()).toISOString();
  }
}

const isFinished = ({ status }: KubernetesObject): boolean =>
  Array.isArray(status?.conditions) && status.conditions.length > 0;
