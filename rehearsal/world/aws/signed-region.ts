import type { IncomingMessage } from "node:http";

/**
 * The region that a caller signs for; undefined for one who signs with another key, or with none. The signature itself
 * is not looked at: it proves nothing on this machine.
 */
export const signedRegion = (
  { headers }: Pick<IncomingMessage, "headers">,
  accessKey: string,
): string | undefined => {
  const [, key, region] =
    /Credential=([^/]+)\/\d{8}\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  return key === accessKey ? region : undefined;
};
