import type { RequestHead } from "./route-match.ts";
import type { Route, WeightedDestination } from "./route-table.ts";

/** How clients are known again. */
export interface Stickiness {
  /** `NAME=VALUE` for those who met a destination. */
  readonly cookieOf: (destination: WeightedDestination) => string;
  /** How long they keep it. */
  readonly seconds: number;
}

/** A route that gives each client a cookie, and before it those that take who holds one where he was, whatever the weight. */
export const stickyRoutes = (route: Route, { cookieOf, seconds }: Stickiness): readonly Route[] => {
  const stuck = route.destinations.map((destination): Route => {
    const cookie = cookieOf(destination);
    return {
      ...route,
      name: `${route.name}-stuck`,
      conditional: true,
      destinations: [{ ...destination, weight: 1 }],
      matches: (head) => route.matches(head) && holds(head.headers, cookie),
    };
  });
  const destinations = route.destinations.map((destination) => {
    const add = { "set-cookie": `${cookieOf(destination)}; Max-Age=${seconds}; Path=/` };
    return { ...destination, responseHeaders: [...destination.responseHeaders, { add }] };
  });
  return [...stuck, { ...route, destinations }];
};

const holds = ({ cookie = "" }: RequestHead["headers"], wanted: string): boolean =>
  [cookie].flat().some((header) => header.split(/;\s*/).includes(wanted));
