import { z } from "zod";
import { BadInput, shown } from "../definition/bad-input.ts";

const iso = z.iso.datetime({ offset: true });
const [first, last] = [Date.UTC(1970, 0), Date.UTC(2100, 0)];

/**
 * Reads an instant, ISO 8601 with its offset. @returns milliseconds since the epoch.
 * @throws BadInput when it is none, or in no year that calendars are known for.
 */
export const instantOption = (where: string, key: string, text: string): number => {
  const instant = iso.safeParse(text).success ? Date.parse(text) : NaN;
  if (instant >= first && instant < last) return instant;
  throw new BadInput({
    where,
    key,
    found: shown(text),
    expected: "an instant from 1970 to 2099 with its offset, for example 2026-01-10T22:00:00Z",
  });
};
