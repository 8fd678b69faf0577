/** Numbers are dealt in decks of so many. */
const cards = 100;

/**
 * Numbers in [0, 1) in random order, of which each deck of a hundred holds one in every hundredth. What is
 * drawn by them has the share of its weight to within one in a hundred: with independent draws one rehearsal
 * in some hundreds would lie outside of its interval although nothing is wrong with it.
 * @param random uniform in [0, 1).
 */
export const stratifiedRandom = (random: () => number): (() => number) => {
  let deck: number[] = [];
  return () => {
    if (deck.length === 0) {
      deck = Array.from({ length: cards }, (_, card) => (card + random()) / cards);
      for (let last = deck.length - 1; last > 0; last -= 1) {
        const other = Math.floor(random() * (last + 1));
        [deck[last], deck[other]] = [deck[other] ?? 0, deck[last] ?? 0];
      }
    }
    return deck.pop() ?? 0;
  };
};
