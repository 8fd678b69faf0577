import type { IncomingMessage } from "node:http";

/** The whole body of a request; undefined when it has none. */
export const requestBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const { headers } = request;
  if (headers["content-length"] === undefined && headers["transfer-encoding"] === undefined) {
    return undefined;
  }
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};
