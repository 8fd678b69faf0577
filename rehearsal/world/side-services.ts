import { Connections } from "./application/connections.ts";
import { SessionCache } from "./application/session-cache.ts";

/** What the pods of one side share. */
export interface SideServices {
  readonly connections: Connections;
  readonly sessions: SessionCache;
}

/** `maxmemory` of a side's cache, bytes. */
const sessionBytes = 1_048_576;

export const sideServices = (): SideServices => ({
  connections: new Connections(),
  sessions: new SessionCache(sessionBytes),
});
