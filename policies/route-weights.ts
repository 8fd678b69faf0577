/** Type of the resource that splits traffic. */
export const routeType = "kubernetes:networking.istio.io/v1:VirtualService";

/** The weights of one route of a VirtualService. */
export interface RouteWeights {
  /** Weight by host. */
  readonly hosts: ReadonlyMap<string, number>;
  readonly sum: number;
  /** Whether every weight and host is known and of the right kind. */
  readonly readable: boolean;
}

/** The weights that a VirtualService's properties hold, one entry a route; never throws. */
export const weightsIn = (props: unknown): readonly RouteWeights[] => {
  try {
    const routes = listAt(at(at(props, "spec"), "http"));
    return routes.map((route) => routeWeights(() => listAt(at(route, "route"))));
  } catch {
    return [unreadable];
  }
};

const unreadable: RouteWeights = { hosts: new Map(), sum: NaN, readable: false };

const routeWeights = (destinations: () => readonly unknown[]): RouteWeights => {
  try {
    const hosts = new Map<string, number>();
    const all = destinations();
    for (const destination of all) {
      const host = at(at(destination, "destination"), "host");
      // Istio sends everything to a destination that stands alone without a weight.
      const weight = at(destination, "weight") ?? (all.length === 1 ? 100 : undefined);
      if (typeof host !== "string" || typeof weight !== "number") return unreadable;
      hosts.set(host, (hosts.get(host) ?? 0) + weight);
    }
    const sum = [...hosts.values()].reduce((one, other) => one + other, 0);
    return { hosts, sum, readable: true };
  } catch {
    // The policy SDK throws where a value is unknown.
    return unreadable;
  }
};

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

const listAt = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new TypeError("no list");
  return value;
};
