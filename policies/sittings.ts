import { unknown, type Reading } from "./facts/reading.ts";
import { sit, type Component, type Sitting, type Surroundings } from "./sitting.ts";

/**
 * Lets all policies of one component share one sitting: the engine asks them one after another, and each
 * would read the same facts. A policy that asks a second time belongs to the next update.
 */
export class Sittings {
  readonly #surroundings: Surroundings;
  readonly #open = new Map<string, { asked: Set<string>; sitting: Promise<Reading<Sitting>> }>();

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** The sitting on a component, for one rule. */
  async of(component: Component, rule: string): Promise<Reading<Sitting>> {
    let entry = this.#open.get(component.urn);
    if (entry === undefined || entry.asked.has(rule)) {
      entry = { asked: new Set(), sitting: begin(component, this.#surroundings) };
      this.#open.set(component.urn, entry);
    }
    entry.asked.add(rule);
    return entry.sitting;
  }
}

const begin = async (
  component: Component,
  surroundings: Surroundings,
): Promise<Reading<Sitting>> => {
  try {
    return await sit(component, surroundings);
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
};
