import { BadInput } from "../../definition/bad-input.ts";
import { rung } from "../../definition/ladder.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import type { RehearsalPeople } from "../people/rehearsal-people.ts";
import { signForMove } from "../people/sign-for-move.ts";
import type { LiveReading } from "./live-reading.ts";

/** The people of a standing world. They sign for the next stage once the one in force has carried its traffic. */
export class WorldPeople {
  readonly #operated: Parameters<typeof signForMove>[0];
  readonly #people: RehearsalPeople;
  /** The last move after which they have signed; empty for the time before the first. */
  #signedAfter: string | undefined;

  constructor(
    operated: Pick<OperatedSystem, "definition" | "system" | "engine" | "workspace">,
    people: RehearsalPeople,
  ) {
    this.#operated = operated;
    this.#people = people;
  }

  /** Lets them sign where it is time to, once for each place in the ledger. */
  async sign({ at, stage, carriesUntil, moves, updating }: LiveReading): Promise<void> {
    const { definition } = this.#operated;
    const after = moves[0]?.at ?? "";
    if (updating !== undefined || after === this.#signedAfter || at < (carriesUntil ?? at)) return;
    const next = definition.ladder[stage === undefined ? 0 : rung(definition, stage) + 1];
    try {
      if (next !== undefined) {
        await signForMove(this.#operated, this.#people, { stage: next.name, now: at });
      }
      this.#signedAfter = after;
    } catch (error) {
      // A stack file that is being edited, for example: they sign as soon as they can read what to.
      if (!(error instanceof BadInput)) throw error;
    }
  }
}
