/** Draws in a deck: shares are exact to one in so many requests. */
const cards = 100;

/**
 * Picks by weight, in random order and with exact shares: each hundred draws is one shuffled deck that
 * holds every choice as often as its weight says. With independent draws one rehearsal in some hundreds
 * would lie outside of a 99.9 % interval although nothing is wrong with it.
 */
export class WeightedDeck<Choice extends { readonly weight: number }> {
  readonly #choices: readonly Choice[];
  readonly #random: () => number;
  #deck: Choice[] = [];

  /** @param random uniform in [0, 1). */
  constructor(choices: readonly Choice[], random: () => number) {
    this.#choices = choices;
    this.#random = random;
  }

  /** The next choice; undefined when all weights are 0. */
  draw(): Choice | undefined {
    if (this.#deck.length === 0) this.#deck = this.#shuffled();
    return this.#deck.pop();
  }

  #shuffled(): Choice[] {
    const total = this.#choices.reduce((sum, { weight }) => sum + weight, 0);
    if (total === 0) return [];
    const deck: Choice[] = [];
    let dealt = 0;
    for (const choice of this.#choices) {
      dealt += choice.weight;
      // Up to its cumulative share, so that rounding never leaves a card out.
      while (deck.length < Math.round((dealt / total) * cards)) deck.push(choice);
    }
    for (let last = deck.length - 1; last > 0; last -= 1) {
      const other = Math.floor(this.#random() * (last + 1));
      const [one, two] = [deck[last], deck[other]];
      if (one !== undefined && two !== undefined) [deck[last], deck[other]] = [two, one];
    }
    return deck;
  }
}
