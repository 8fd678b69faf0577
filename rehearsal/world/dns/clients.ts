import type { CutoverClock } from "../../clock.ts";
import type { Side } from "../behaviour.ts";

/** Enough that one of them is few of the requests. */
const clients = 400;
/** The first half of them keep their connections, as browsers and pools of connections do. */
const keepsItsConnection = (client: number): boolean => client < clients / 2;

export interface ClientOptions {
  readonly clock: CutoverClock;
  /** Where a client's resolver sends it now; undefined when it learns no address. */
  readonly asked: (client: number) => Promise<Side | undefined>;
  /** After so long a side closes a connection, milliseconds of the cutover clock. */
  readonly connectionsLiveMilliseconds: number;
  /** Uniform in [0, 1): draws whose request is the next. */
  readonly random: () => number;
}

/**
 * Those whose requests DNS splits. A client that keeps its connection goes on where that leads, and asks its resolver
 * again only when the side has closed it.
 */
export class Clients {
  readonly #options: ClientOptions;
  readonly #kept = new Map<number, { readonly side: Side; readonly openedAt: number }>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** The side that somebody's next request goes to; undefined when it is told no address. */
  async sideForSomebody(): Promise<Side | undefined> {
    const { random, asked, clock, connectionsLiveMilliseconds } = this.#options;
    const client = Math.floor(random() * clients);
    const kept = this.#kept.get(client);
    if (kept !== undefined && clock.now() - kept.openedAt < connectionsLiveMilliseconds) {
      return kept.side;
    }
    const openedAt = clock.now();
    const side = await asked(client);
    if (side !== undefined && keepsItsConnection(client))
      this.#kept.set(client, { side, openedAt });
    return side;
  }
}
