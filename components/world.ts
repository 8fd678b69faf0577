import { BadInput } from "../definition/bad-input.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import { getJson } from "../policies/facts/http-json.ts";

/** Variable that says where a rehearsal's world answers. */
const variable = "CUTOVER_WORLD";

/**
 * Address of the rehearsal's world, `http://127.0.0.1:PORT`; nothing for any other stack, whatever the
 * variable says.
 * @throws BadInput when a rehearsal has no world on this machine.
 */
export const worldUrl = (environment: StackEnvironment): string | undefined => {
  if (environment !== "rehearsal") return undefined;
  const url = process.env[variable];
  if (url !== undefined && /^http:\/\/127\.0\.0\.1:\d+$/.test(url)) return url;
  throw new BadInput({
    where: variable,
    found: url ?? "not set",
    expected: "http://127.0.0.1:PORT of a running rehearsal",
    remedy: "Start one with: npm run rehearse.",
  });
};

/** Time now, ISO 8601 UTC: the wall's, or in a rehearsal the cutover clock's. */
export const timeNow = async (environment: StackEnvironment): Promise<string> => {
  const world = worldUrl(environment);
  if (world === undefined) return new Date().toISOString();
  const signal = AbortSignal.timeout(5_000);
  const { now } = (await getJson(`${world}/clock`, { signal })) as { readonly now: string };
  return now;
};
