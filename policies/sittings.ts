import { known, unknown, type Reading } from "./facts/reading.ts";
import type { Judgement } from "./judge.ts";
import type { Move } from "./move.ts";
import { recordedMark } from "./recorded-mark.ts";
import { sit, type Component, type Sitting, type Surroundings } from "./sitting.ts";

/** Who hears what all gates say of a move. */
export type Heard = (move: Move, judgement: Judgement) => Promise<void>;

/**
 * Lets all policies of one component share one sitting: the engine asks them one after another, and each
 * would read the same facts. A policy that asks a second time belongs to the next update.
 */
export class Sittings {
  readonly #surroundings: Surroundings;
  readonly #heard: Heard;
  readonly #open = new Map<string, { asked: Set<string>; sitting: Promise<Reading<Sitting>> }>();

  /** @param heard is told each judgement of a move before any policy is; it must neither throw nor take its time. */
  constructor(surroundings: Surroundings, heard: Heard = async () => undefined) {
    this.#surroundings = surroundings;
    this.#heard = heard;
  }

  /** The sitting on a component, for one rule. */
  async of(component: Component, rule: string): Promise<Reading<Sitting>> {
    let entry = this.#open.get(component.urn);
    if (entry === undefined || entry.asked.has(rule)) {
      entry = { asked: new Set(), sitting: this.#begin(component) };
      this.#open.set(component.urn, entry);
    }
    entry.asked.add(rule);
    return entry.sitting;
  }

  async #begin(component: Component): Promise<Reading<Sitting>> {
    try {
      const sitting = await sit(component, this.#surroundings);
      // Where the ledger has the move already, nobody makes an entry of what is said now.
      if (!sitting.known || component.ignoreChanges.includes(recordedMark)) return sitting;
      const { move, ordered } = sitting.value;
      const judgement = sitting.value.judgement.then(async (judged) => {
        await this.#heard(move, judged);
        return judged;
      });
      return known({ move, ordered, judgement });
    } catch (error) {
      return unknown(error instanceof Error ? error.message : String(error));
    }
  }
}
