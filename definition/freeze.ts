import type { Plan } from "./plan.ts";

/**
 * Name of the Lease that freezes a system's writes, in the namespace of the workload. Who holds it has stopped them,
 * until it is given back or its time is over, so that nobody need be alive to end it. An application of either side
 * follows it: while it is held, it answers what would write with 503, and says in `Retry-After` when it ends at the
 * latest. The Lease of maintenance is held in the same way; see ./maintenance.ts.
 */
export const freezeName = ({ name }: Pick<Plan, "name">): string => `${name}-freeze`;

/** Annotation of a Lease: milliseconds that its ended freezes of this cutover have lasted. */
export const frozenAnnotation = "cutover/frozen-milliseconds";

/** What a Lease says about the freeze. */
export interface LeaseSpec {
  readonly holderIdentity?: string | null | undefined;
  /** RFC 3339 with microseconds. */
  readonly acquireTime?: string | null | undefined;
  readonly leaseDurationSeconds?: number | null | undefined;
}

/** The Lease, as far as it says anything about freezes. */
export interface FreezeLease {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: LeaseSpec;
}

/** A freeze that somebody began, in milliseconds since the epoch. */
export interface Freeze {
  readonly holder: string;
  readonly began: number;
  /** When it ends by itself. */
  readonly ends: number;
}

/** The freeze that a Lease holds, ended or not; undefined where nobody holds it or it cannot be read as one. */
export const freezeOf = (spec: LeaseSpec): Freeze | undefined => {
  const { holderIdentity: holder, acquireTime, leaseDurationSeconds: seconds } = spec;
  const began = Date.parse(acquireTime ?? "");
  if (!holder || !seconds || Number.isNaN(began)) return undefined;
  return { holder, began, ends: began + seconds * 1_000 };
};

/** What a Lease says while it holds a freeze, which lasts whole seconds. */
export const leaseSpecOf = ({ holder, began, ends }: Freeze): LeaseSpec => ({
  holderIdentity: holder,
  // RFC 3339 with microseconds, as a Lease wants its times.
  acquireTime: new Date(began).toISOString().replace("Z", "000Z"),
  leaseDurationSeconds: (ends - began) / 1_000,
});

/**
 * What freezes have lasted up to `now`, milliseconds: those that were given back, and the one that a Lease holds. One
 * that nobody gives back lasts until it ends by itself. NaN where the annotation is no number.
 */
export const frozenSoFar = ({ metadata, spec = {} }: FreezeLease, now: number): number => {
  const before = Number(metadata?.annotations?.[frozenAnnotation] ?? 0);
  const freeze = freezeOf(spec);
  return freeze === undefined ? before : before + Math.min(now, freeze.ends) - freeze.began;
};
