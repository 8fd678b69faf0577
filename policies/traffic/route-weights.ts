/** The weights of one route. */
export interface RouteWeights {
  /** Weight by destination, as the definition calls it. */
  readonly destinations: ReadonlyMap<string, number>;
  readonly sum: number;
  /** Whether it is one side's alone, so that the other side's weight stands in another resource. */
  readonly oneSide?: boolean;
  /** Whether every weight and destination is known and of the right kind. */
  readonly readable: boolean;
}

/** A route of which somebody must say that nobody knows its weights. */
export const unreadable: RouteWeights = { destinations: new Map(), sum: NaN, readable: false };

/** One destination as a route's properties hold it. */
export interface Weighed {
  readonly destination: unknown;
  readonly weight: unknown;
}

/**
 * Adds up the weights of one route.
 * @param read may throw: the policy SDK does so where a value is unknown.
 */
export const routeWeights = (read: () => readonly Weighed[]): RouteWeights => {
  try {
    const destinations = new Map<string, number>();
    for (const { destination, weight } of read()) {
      if (typeof destination !== "string" || typeof weight !== "number") return unreadable;
      destinations.set(destination, (destinations.get(destination) ?? 0) + weight);
    }
    const sum = [...destinations.values()].reduce((one, other) => one + other, 0);
    return { destinations, sum, readable: true };
  } catch {
    return unreadable;
  }
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
