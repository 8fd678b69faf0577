import { z } from "zod";
import { brokenGlassSchema } from "../definition/ledger.ts";
import type { Weights } from "../definition/traffic.ts";
import type { UnorderedWayBack } from "../definition/unordered-ways-back.ts";
import { known, notYetCreated, unknown, type Reading } from "./facts/reading.ts";
import type { LedgerPlace } from "./move.ts";
import { isNotYetKnown } from "./not-yet-known.ts";

/** What the program declares on its `Cutover` component, as far as it can be read. */
export interface Declared {
  readonly definition: Reading<string>;
  readonly weights: Reading<Weights>;
  readonly alarms: Reading<Readonly<Record<string, Reading<string>>>>;
  readonly panels: Reading<readonly string[]>;
  readonly ttlSince: Reading<string>;
}

/** What is always a plain value: without it nobody can tell which way a move goes. */
export interface Identity {
  readonly system: string;
  readonly environment: string;
  readonly transition: {
    readonly from: string;
    readonly to: string;
    readonly since: string;
    readonly damage: string;
    readonly place?: LedgerPlace;
  };
  /** Left out where the program declares none. One that cannot be read holds up no way back, so it is a reading. */
  readonly unordered?: Reading<readonly UnorderedWayBack[]>;
}

const text = z.string();
const transition = z.object({
  from: text,
  to: text,
  since: text,
  damage: text,
});
const place = z.object({ sequence: z.int().min(1), follows: text, sinceCommit: text });
const unordered = z.array(
  z.object({
    ...{ sequence: z.int().min(1), hash: text, from: text, to: text },
    brokenGlass: brokenGlassSchema.extend({ sha256: text }).exactOptional(),
  }),
);
const weights = z.object({ blue: z.number(), green: z.number() });

/** Reads a component's system and transition. */
export const identityOf = (props: unknown): Reading<Identity> => {
  const system = field(props, "system", text.min(1));
  const environment = field(props, "environment", text);
  const moved = field(props, "transition", transition);
  if (!system.known) return system;
  if (!environment.known) return environment;
  if (!moved.known) return moved;
  // A move back needs no place in the ledger; any other that lacks it finds no statement that fits.
  const standing = field(props, "transition", place);
  return known({
    system: system.value,
    environment: environment.value,
    transition: { ...moved.value, ...(standing.known && { place: standing.value }) },
    ...(declares(props, "unordered") && { unordered: field(props, "unordered", unordered) }),
  });
};

/** Reads everything else that a component declares; never throws, whatever is unknown or malformed. */
export const declaredBy = (props: unknown): Declared => ({
  definition: field(props, "definition", text.min(1)),
  weights: field(props, "weights", weights),
  alarms: alarmsOf(props),
  panels: field(props, "panels", z.array(text)),
  ttlSince: field(props, "ttlSince", text),
});

const alarmsOf = (props: unknown): Declared["alarms"] => {
  const ids = plain(() => (props as Readonly<Record<string, unknown>>)["alarms"]);
  if (ids === notYet) return notYetCreated("alarms");
  if (typeof ids !== "object" || ids === null || Array.isArray(ids)) return malformed("alarms");
  const entries = Object.entries(ids).map(([name, id]): [string, Reading<string>] => [
    name,
    id === notYet
      ? notYetCreated(`alarm ${name}`)
      : typeof id === "string"
        ? known(id)
        : malformed(`alarm ${name}`),
  ]);
  return known(Object.fromEntries(entries));
};

const field = <T>(props: unknown, name: string, schema: z.ZodType<T>): Reading<T> => {
  const value = plain(() => (props as Readonly<Record<string, unknown>>)[name]);
  if (holdsNotYet(value)) return notYetCreated(name);
  const parsed = schema.safeParse(value);
  return parsed.success ? known(parsed.data) : malformed(name);
};

const declares = (props: unknown, name: string): boolean =>
  plain(() => (props as Readonly<Record<string, unknown>>)[name]) !== undefined;

const malformed = (name: string) => unknown(`${name} of the Cutover component is not readable`);

/** Stands for a value that the engine does not know yet. */
const notYet = Symbol("not yet");

/**
 * A copy without the policy SDK's proxies, which throw where a value is unknown: the engine's sign for it
 * must not get lost, and one unknown value must not hide the others.
 */
const plain = (read: () => unknown): unknown => {
  try {
    const value = read();
    if (Array.isArray(value)) return Array.from(value.keys(), (key) => plain(() => value[key]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.keys(value).map((key) => [
        key,
        plain(() => (value as Readonly<Record<string, unknown>>)[key]),
      ]),
    );
  } catch (error) {
    return isNotYetKnown(error) ? notYet : undefined;
  }
};

const holdsNotYet = (value: unknown): boolean =>
  value === notYet ||
  (typeof value === "object" && value !== null && Object.values(value).some(holdsNotYet));
