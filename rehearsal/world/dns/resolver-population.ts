import { Resolver } from "node:dns/promises";
import { keptAnyway } from "../../../definition/weighted-records.ts";
import type { CutoverClock } from "../../clock.ts";
import { CachingResolver } from "./caching-resolver.ts";

/** How many resolvers the world's clients sit behind: enough that one cached answer is few people's. */
const honouring = 95;
/** And how many keep every answer for a while, whatever its TTL. */
const clamping = 5;

/** The resolvers that clients ask, each with a real client of it. */
export class ResolverPopulation {
  readonly #resolvers: readonly CachingResolver[];
  readonly #clients: readonly Resolver[];

  private constructor(resolvers: readonly CachingResolver[]) {
    this.#resolvers = resolvers;
    this.#clients = resolvers.map(({ address }) => {
      const client = new Resolver({ timeout: 2_000, tries: 2 });
      client.setServers([address]);
      return client;
    });
  }

  /** @param authority port of the authoritative server, on 127.0.0.1. */
  static async start(clock: CutoverClock, authority: number): Promise<ResolverPopulation> {
    const starting = Array.from({ length: honouring + clamping }, (_, index) => {
      const leastTtl = index < honouring ? 0 : keptAnyway.milliseconds / 1_000;
      return CachingResolver.start({ clock, authority, habit: { leastTtl } });
    });
    return new ResolverPopulation(await Promise.all(starting));
  }

  /** What the resolver of one of many people says about a name now; undefined when it knows no address. */
  async addressFor(person: number, name: string): Promise<string | undefined> {
    const client = this.#clients[person % this.#clients.length];
    try {
      return (await client?.resolve4(name))?.[0];
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.cancel();
    await Promise.all(this.#resolvers.map((resolver) => resolver.stop()));
  }
}
