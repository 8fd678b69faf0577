import {
  freezeOf,
  frozenAnnotation,
  frozenSoFar,
  leaseSpecOf,
  type Freeze,
  type FreezeLease,
  type LeaseSpec,
} from "../definition/freeze.ts";
import { inWords, milliseconds } from "../definition/units.ts";
import {
  kubernetesApi,
  kubernetesWriter,
  type KubernetesConnection,
} from "../policies/facts/kubernetes-api.ts";
import { WrongStatus } from "../policies/facts/http-json.ts";
import { pathOf, type Named } from "../policies/facts/kubernetes-object.ts";

/** How long one call of the API server may take, milliseconds: a freeze waits for nobody. */
const callTimeout = 5_000;

/** A freeze shorter than this is not worth its beginning, milliseconds. */
const leastUseful = 10_000;

export interface LeasedFreezeOptions {
  readonly connection: KubernetesConnection;
  readonly lease: Named;
  /** Cutover time, milliseconds since the epoch. */
  readonly now: () => Promise<number>;
}

/** Who begins a freeze, and how long it may last. */
export interface FreezeTerms {
  /** What it is to people, as in "writes were frozen". */
  readonly says: string;
  /** Who freezes, for people who look at the Lease. */
  readonly holder: string;
  /** What all freezes of the cutover may last, milliseconds. */
  readonly inAll: number;
  /** When this one ends by itself, milliseconds after it began. */
  readonly endsAfter: number;
}

/** A freeze that a Lease holds; see definition/freeze.ts for what it is to applications. */
export class LeasedFreeze {
  readonly #options: LeasedFreezeOptions;

  constructor(options: LeasedFreezeOptions) {
    this.#options = options;
  }

  /**
   * Begins a freeze.
   * @returns when it ends by itself, cutover time.
   * @throws Error where the freezes before it have used up what the plan allows, or the cluster does not answer.
   */
  async begin({ says, holder, inAll, endsAfter }: FreezeTerms): Promise<number> {
    const { now, lease } = this.#options;
    const began = await now();
    const used = frozenSoFar(await this.#lease(), began);
    const left = Math.min(endsAfter, inAll - used);
    // Also where the annotation is no number.
    if (!(left >= leastUseful)) {
      throw new Error(
        `${says} for ${inWords(milliseconds(used))} already, and the plan allows ${inWords(milliseconds(inAll))} in all; ` +
          `if that was another night's, take ${frozenAnnotation} off lease ${lease.namespace}/${lease.name}`,
      );
    }
    const ends = began + Math.floor(left / 1_000) * 1_000;
    await this.#write(used, leaseSpecOf({ holder, began, ends }));
    return ends;
  }

  /**
   * Ends it and notes how long it lasted. A cluster without the Lease has nothing to end: a stack that was set up
   * before its plan had one.
   * @returns what was in force until then, if anything was.
   * @throws Error where the cluster does not answer.
   */
  async end(): Promise<Freeze | undefined> {
    const lease = await this.#lease().catch(unlessMissing);
    const freeze = freezeOf(lease?.spec ?? {});
    if (lease === undefined || freeze === undefined) return undefined;
    const now = await this.#options.now();
    await this.#write(frozenSoFar(lease, now), { holderIdentity: null });
    return now < freeze.ends ? freeze : undefined;
  }

  async #lease(): Promise<FreezeLease> {
    const get = await kubernetesApi(this.#options.connection);
    return (await get(this.#path, AbortSignal.timeout(callTimeout))) as FreezeLease;
  }

  async #write(lasted: number, spec: LeaseSpec): Promise<void> {
    const write = await kubernetesWriter(this.#options.connection);
    const annotations = { [frozenAnnotation]: String(lasted) };
    const patch = { metadata: { annotations }, spec };
    await write("PATCH", this.#path, patch, AbortSignal.timeout(callTimeout));
  }

  get #path(): string {
    return pathOf("apis/coordination.k8s.io/v1", "leases", this.#options.lease);
  }
}

const unlessMissing = (error: unknown): undefined => {
  if (!(error instanceof WrongStatus) || error.code !== 404) throw error;
};
