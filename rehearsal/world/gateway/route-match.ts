import type { Match, StringMatch } from "./virtual-service.ts";

/** What of a request decides its route. */
export interface RequestHead {
  readonly method: string;
  /** Path with query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const fits = ({ exact, prefix, regex }: StringMatch, value: string | undefined): boolean => {
  if (value === undefined) return false;
  if (exact !== undefined) return value === exact;
  if (prefix !== undefined) return value.startsWith(prefix);
  // An empty match asks for presence alone.
  return regex === undefined || new RegExp(`^(?:${regex})$`).test(value);
};

const headerOf = ({ headers }: RequestHead, name: string): string | undefined => {
  const value = headers[name.toLowerCase()];
  return typeof value === "string" || value === undefined ? value : value.join(",");
};

const fitsOne = (match: Match, head: RequestHead): boolean => {
  const path = head.url.split("?", 1)[0] ?? "";
  const { uri, method, headers = {} } = match;
  return (
    (uri === undefined || fits(uri, path)) &&
    (method === undefined || fits(method, head.method)) &&
    Object.entries(headers).every(([name, wanted]) => fits(wanted, headerOf(head, name)))
  );
};

/** Whether a route with these matches takes the request: one of them fits wholly, or there are none. */
export const routeMatches = (matches: readonly Match[] | undefined, head: RequestHead): boolean =>
  matches === undefined || matches.length === 0 || matches.some((match) => fitsOne(match, head));
