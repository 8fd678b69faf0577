import { hanging } from "./wrapped.ts";
import { oneLine } from "./one-line.ts";

/** What a person reads when something failed that nobody foresaw: one line, or its trace when asked for. */
export const unexpected = (error: unknown, traces: boolean): string => {
  const message = oneLine(error instanceof Error ? error.message : String(error), 300);
  if (!traces) return `cutover: unexpected error: ${message} (DEBUG=cutover shows where).`;
  return error instanceof Error ? (error.stack ?? message) : hanging("cutover: ", message);
};
