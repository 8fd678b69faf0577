import { connect } from "node:net";
import { request } from "undici";
import type { AddressBook } from "./address-book.ts";
import type { HealthCheckConfig } from "./health-checks.ts";

/** What one look at an endpoint came to. */
export interface Probe {
  readonly passed: boolean;
  /** In the words of the API's status observations. */
  readonly observation: string;
}

/** What Route 53 gives an endpoint to connect, and to answer after that, wall milliseconds. */
const connectMilliseconds = 4_000;
const answerMilliseconds = 2_000;

/** Looks at an endpoint once: HTTP wants 2xx or 3xx, TCP a connection. */
export const probe = async (config: HealthCheckConfig, book: AddressBook): Promise<Probe> => {
  const origin = book.originOf(config.address);
  if (origin === undefined) return failure("Connection timed out");
  try {
    return config.type === "HTTP" ? await http(origin, config) : await tcp(origin);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
};

const failure = (reason: string): Probe => ({ passed: false, observation: `Failure: ${reason}` });

const http = async (origin: string, { path = "/", host }: HealthCheckConfig): Promise<Probe> => {
  const { statusCode, body } = await request(`${origin}${path}`, {
    headers: host === undefined ? {} : { host },
    headersTimeout: connectMilliseconds + answerMilliseconds,
    signal: AbortSignal.timeout(connectMilliseconds + answerMilliseconds),
  });
  await body.dump();
  return statusCode >= 200 && statusCode < 400
    ? { passed: true, observation: `Success: HTTP Status Code ${String(statusCode)}, OK` }
    : failure(`HTTP Status Code ${String(statusCode)}`);
};

const tcp = (origin: string): Promise<Probe> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const socket = connect({ host: hostname, port: Number(port), timeout: connectMilliseconds });
    socket.once("connect", () => {
      socket.destroy();
      resolve({ passed: true, observation: "Success: TCP connection established" });
    });
    socket.once("timeout", () => socket.destroy(new Error("Connection timed out")));
    socket.once("error", reject);
  });
