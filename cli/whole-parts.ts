/** Numbers rounded so that their sum is the rounded sum of what they were: the largest remainders go up. */
export const wholeParts = (parts: readonly number[]): readonly number[] => {
  const total = Math.round(parts.reduce((sum, part) => sum + part, 0));
  const down = parts.map(Math.floor);
  const missing = total - down.reduce((sum, part) => sum + part, 0);
  const raised = new Set(
    parts
      .map((part, index) => ({ index, remainder: part - Math.floor(part) }))
      .sort((one, other) => other.remainder - one.remainder)
      .slice(0, missing)
      .map(({ index }) => index),
  );
  return down.map((part, index) => (raised.has(index) ? part + 1 : part));
};
