import type { KubernetesObject } from "../../world/kubernetes-object.ts";
import type { Call } from "../stand-in.ts";
import type { KubernetesWorld } from "./kubernetes-world.ts";
import { annotationOf, referenceOf } from "./object-inputs.ts";
import { readinessOf, type Readiness } from "./readiness.ts";

/** The object never became what its kind calls ready; it stays as it is. */
export class NotReady extends Error {
  override readonly name = "NotReady";
  readonly object: KubernetesObject;
  readonly reasons: readonly string[];

  constructor(object: KubernetesObject, message: string, reasons: readonly string[]) {
    super(message);
    this.object = object;
    this.reasons = reasons;
  }
}

const defaultTimeoutSeconds = 600;

const timeoutSeconds = (object: KubernetesObject, call: Call): number => {
  const annotated = Number(annotationOf(object, "pulumi.com/timeoutSeconds"));
  if (Number.isFinite(annotated) && annotated > 0) return annotated;
  return call.timeoutSeconds ?? defaultTimeoutSeconds;
};

type Ending = Exclude<Readiness["state"], "waiting"> | "timed out" | "cancelled" | "deleted";

/** Waits, without polling, for the first moment that the object is ready, given up or gone. */
const ending = async (
  object: KubernetesObject,
  { store, clock }: KubernetesWorld,
  { signal }: Call,
  seconds: number,
): Promise<Ending> => {
  const reference = referenceOf(object);
  const over = new AbortController();
  const now = (): Ending | "waiting" => {
    const live = store.get(reference);
    // Another object of that name is not the one that was made.
    if (live?.metadata.uid !== object.metadata.uid || live === undefined) return "deleted";
    return readinessOf(live, store).state;
  };
  const seen = new Promise<Ending>((resolve) => {
    const look = (): void => {
      const state = now();
      if (state !== "waiting") resolve(state);
    };
    const stop = store.watch(look);
    over.signal.addEventListener("abort", stop);
    look();
  });
  const cancelled = new Promise<Ending>((resolve) => {
    const cancel = (): void => {
      resolve("cancelled");
    };
    signal.addEventListener("abort", cancel, { signal: over.signal });
    if (signal.aborted) cancel();
  });
  const late = clock
    .sleep(seconds * 1000, over.signal)
    .then((): Ending => (over.signal.aborted ? "cancelled" : "timed out"));
  try {
    return await Promise.race([seen, cancelled, late]);
  } finally {
    over.abort();
  }
};

const messages: Readonly<Record<Exclude<Ending, "ready">, (name: string) => string>> = {
  failed: (name) => `Resource '${name}' was created but failed to initialize`,
  "timed out": (name) => `'${name}' timed out waiting to be Ready`,
  cancelled: (name) => `Resource operation was cancelled for '${name}'`,
  deleted: (name) => `'${name}' was deleted while it was waited for`,
};

/**
 * Waits until the object just stored is what its kind calls ready, and returns it as it is then.
 * @throws NotReady when it fails, is cancelled, or takes longer (cutover time) than it may.
 */
export const awaitReady = async (
  object: KubernetesObject,
  world: KubernetesWorld,
  call: Call,
): Promise<KubernetesObject> => {
  const reference = referenceOf(object);
  const live = (): KubernetesObject => world.store.get(reference) ?? object;
  if (annotationOf(object, "pulumi.com/skipAwait") === "true") return live();
  const end = await ending(object, world, call, timeoutSeconds(object, call));
  if (end === "ready") return live();
  const readiness = readinessOf(live(), world.store);
  throw new NotReady(live(), messages[end](object.metadata.name), [
    ...(readiness.state === "ready" ? [] : readiness.problems),
    ...(world.reasons?.(reference) ?? []),
  ]);
};
