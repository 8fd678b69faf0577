import type { Testers } from "../../definition/traffic.ts";

/** A header that a request must carry to take a route. */
export interface RequestHeader {
  readonly name: string;
  readonly value: string;
}

/** The weights of one route. */
export interface RouteWeights {
  /** What a request must carry to take it, where that is one header and nothing else. */
  readonly header: RequestHeader | undefined;
  /** Weight by destination, as the definition calls it. */
  readonly destinations: ReadonlyMap<string, number>;
  readonly sum: number;
  /** Whether it is one side's alone, so that the other side's weight stands in another resource. */
  readonly oneSide?: boolean;
  /** Whether a destination gets its name only when it is created, so that a preview cannot know it. */
  readonly unnamed?: boolean;
  /** Whether every weight and destination is known and of the right kind. */
  readonly readable: boolean;
  /** Whether it is a preview that cannot know them: in the update they are known before the write. */
  readonly notYet?: boolean;
}

/** A route of which somebody must say that nobody knows its weights. */
export const unreadable: RouteWeights = {
  header: undefined,
  destinations: new Map(),
  sum: NaN,
  readable: false,
};

/** One destination as a route's properties hold it. */
export interface Weighed {
  readonly destination: unknown;
  readonly weight: unknown;
}

/**
 * Adds up the weights of one route.
 * @param read may throw, as `condition`: the policy SDK does so where a value is unknown.
 */
export const routeWeights = (
  read: () => readonly Weighed[],
  condition: () => RequestHeader | undefined,
): RouteWeights => {
  try {
    const header = condition();
    const destinations = new Map<string, number>();
    for (const { destination, weight } of read()) {
      if (typeof destination !== "string" || typeof weight !== "number") return unreadable;
      destinations.set(destination, (destinations.get(destination) ?? 0) + weight);
    }
    const sum = [...destinations.values()].reduce((one, other) => one + other, 0);
    return { header, destinations, sum, readable: true };
  } catch {
    return unreadable;
  }
};

/** The weights of each route; a single unreadable one where there is no list of routes. */
export const weightsOfEach = (
  routes: () => readonly unknown[],
  weightsOf: (route: unknown) => RouteWeights,
): readonly RouteWeights[] => {
  try {
    return routes().map(weightsOf);
  } catch {
    return [unreadable];
  }
};

/** Whether a route is the testers' own. Any other condition is a split like all requests'. */
export const isTesters = (
  header: RequestHeader | undefined,
  testers: Testers | undefined,
): boolean =>
  testers !== undefined &&
  header?.value === testers.value &&
  header.name.toLowerCase() === testers.header.toLowerCase();

/** The one entry of a list or the one field of an object, where there is no second. */
export const onlyOne = (value: unknown): readonly [key: string, value: unknown] | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const [only, ...others] = Object.keys(value);
  return only === undefined || others.length > 0 ? undefined : [only, at(value, only)];
};

/** A field of what may be anything. */
export const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

/** A list of what may be anything. @throws TypeError where there is none. */
export const listAt = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new TypeError("no list");
  return value;
};
