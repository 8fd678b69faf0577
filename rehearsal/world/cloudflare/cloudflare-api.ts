import type { IncomingMessage, ServerResponse } from "node:http";
import type { LoadBalancing } from "./load-balancing.ts";
import type { PoolHealth } from "./pool-health.ts";
import { CloudflareRefusal } from "./refusal.ts";

/**
 * Answers the reading calls of Cloudflare's API, version 4, that have to do with load balancing.
 * @returns false for what is none of them.
 */
export const cloudflareApi =
  (account: LoadBalancing, health: PoolHealth) =>
  (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
    const { pathname } = new URL(path, "http://cloudflare");
    const answer = request.method === "GET" ? answerTo(pathname, account, health) : undefined;
    if (answer === undefined) return false;
    try {
      account.admit(request.headers.authorization?.replace(/^Bearer /, ""));
      write(response, 200, { result: answer(), success: true, errors: [], messages: [] });
    } catch (error) {
      if (!(error instanceof CloudflareRefusal)) throw error;
      const { status, code, message, retryAfterSeconds } = error;
      if (retryAfterSeconds !== undefined) response.setHeader("retry-after", retryAfterSeconds);
      write(response, status, {
        result: null,
        success: false,
        errors: [{ code, message }],
        messages: [],
      });
    }
    return true;
  };

const answerTo = (
  pathname: string,
  account: LoadBalancing,
  health: PoolHealth,
): (() => unknown) | undefined => {
  const parts = decodeURIComponent(pathname).split("/").slice(1);
  const [, , scope, owner, product, ...rest] = parts;
  if (product !== "load_balancers" || !pathname.startsWith("/client/v4/")) return undefined;
  if (scope === "zones") {
    const [id, ...more] = rest;
    if (more.length > 0) return undefined;
    return owned(owner, account.zone.id, () =>
      id === undefined ? account.balancers.list() : account.balancers.found(id),
    );
  }
  const [kind, id, what] = rest;
  if (scope !== "accounts" || (kind !== "pools" && kind !== "monitors")) return undefined;
  if (kind === "pools" && id !== undefined && what === "health") {
    return owned(owner, account.accountId, () => {
      account.pools.found(id);
      return { pool_id: id, pop_health: healthOf(health, id) };
    });
  }
  if (what !== undefined) return undefined;
  const { pools, monitors } = account;
  const collection = kind === "pools" ? pools : monitors;
  return owned(owner, account.accountId, () =>
    id === undefined ? collection.list() : collection.found(id),
  );
};

/** An answer about what belongs to the one account and the one zone that there are. */
const owned = (owner: string | undefined, own: string, answer: () => unknown) => () => {
  if (owner !== own) throw new CloudflareRefusal(404, 7003, `no ${owner ?? ""} here`);
  return answer();
};

/** By data center, as the API gives it: one stands for all. */
const healthOf = (health: PoolHealth, poolId: string) => {
  const found = [...health.found(poolId)];
  if (found.length === 0) return {};
  const origins = found.map(([address, { healthy }]) => ({ [address]: { healthy } }));
  return { "Amsterdam, NL": { healthy: found.some(([, { healthy }]) => healthy), origins } };
};

const write = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
};
