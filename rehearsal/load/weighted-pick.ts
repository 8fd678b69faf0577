/** Picks one with the probability of its weight; undefined when all weights are 0. */
export const weightedPick = <T extends { readonly weight: number }>(
  choices: readonly T[],
  random: () => number,
): T | undefined => {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const choice of choices) {
    if (left < choice.weight) return choice;
    left -= choice.weight;
  }
  return undefined;
};
