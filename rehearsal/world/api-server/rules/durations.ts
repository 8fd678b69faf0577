import { invalid, type FieldError } from "../field-error.ts";

const milliseconds: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};

/** A duration as Istio writes it (`1.5s`, `2m30s`), in milliseconds; `undefined` when it is none. */
export const durationMilliseconds = (text: string): number | undefined => {
  if (!/^(\d+(\.\d+)?(ms|us|ns|h|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)];
  return parts.reduce(
    (sum, [, digits, unit = ""]) => sum + Number(digits) * (milliseconds[unit] ?? 0),
    0,
  );
};

/** An error unless the duration, if there is one, can be read and is a millisecond at least. */
export const durationRules = (path: string, text: string | undefined): readonly FieldError[] => {
  if (text === undefined) return [];
  const duration = durationMilliseconds(text);
  if (duration === undefined)
    return [invalid(path, text, "must be a duration such as 500ms or 2s")];
  return duration >= 1 ? [] : [invalid(path, text, "duration must be greater than 1ms")];
};
