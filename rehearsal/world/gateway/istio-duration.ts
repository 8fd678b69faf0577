const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of a duration as Istio writes it: `10s`, `1.5s`, `250ms`, `1m`. @throws on anything else. */
export const istioDuration = (text: string): number => {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) throw new Error(`${text} is no duration`);
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
};
