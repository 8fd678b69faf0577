const exponents: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The value of a quantity such as `500m` or `256Mi`, in its whole unit; `undefined` when it is none. */
export const quantity = (text: string | number): number | undefined => {
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(
    String(text),
  );
  if (found === null) return undefined;
  const [, digits = "", exponent = "", suffix = ""] = found;
  const unit = exponents[suffix];
  return unit === undefined ? undefined : Number(`${digits}${exponent}`) * unit;
};
