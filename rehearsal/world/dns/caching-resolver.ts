import type { CutoverClock } from "../../clock.ts";
import { AnswerCache, type TtlHabit } from "./answer-cache.ts";
import { dnsExchange } from "./dns-exchange.ts";
import { emptyResponse, rcode, type Question, type Rcode, type Response } from "./dns-message.ts";
import { LoopbackDnsServer } from "./loopback-dns-server.ts";

export interface ResolverOptions {
  /** TTLs run on it. */
  readonly clock: CutoverClock;
  /** Port of the authoritative server, on 127.0.0.1. */
  readonly authority: number;
  readonly habit: TtlHabit;
}

/**
 * A recursive resolver as clients are given one by their provider or company: it asks the authoritative
 * server, and everybody behind it gets the same answer until that has expired.
 */
export class CachingResolver {
  readonly #cache: AnswerCache;
  readonly #options: ResolverOptions;
  readonly #asking = new Map<string, Promise<Response>>();
  #server: LoopbackDnsServer | undefined;
  #asked = 0;

  private constructor(options: ResolverOptions) {
    this.#options = options;
    this.#cache = new AnswerCache(options.habit);
  }

  static async start(options: ResolverOptions): Promise<CachingResolver> {
    const resolver = new CachingResolver(options);
    resolver.#server = await LoopbackDnsServer.start((question) => resolver.#answer(question));
    return resolver;
  }

  /** `127.0.0.1:PORT`, as clients are told of it. */
  get address(): string {
    return this.#server?.address ?? "";
  }

  /** How many questions it took to the authoritative server: so often a weighted set was drawn from. */
  get askedUpstream(): number {
    return this.#asked;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }

  async #answer(question: Question): Promise<Response> {
    if (question.class !== "IN") return emptyResponse(rcode.refused, { recursionAvailable: true });
    const found = this.#cache.find(question, this.#options.clock.now());
    const response = found ?? (await this.#askOnce(question));
    return { ...response, answers: inCaseOf(question, response.answers) };
  }

  /** Who asks while the same question is on its way waits for that answer. */
  #askOnce(question: Question): Promise<Response> {
    const key = `${question.name.toLowerCase()} ${question.type}`;
    const underWay = this.#asking.get(key);
    if (underWay !== undefined) return underWay;
    const asking = this.#ask(question).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asking);
    return asking;
  }

  async #ask(question: Question): Promise<Response> {
    this.#asked += 1;
    const packet = await dnsExchange(this.#options.authority, question);
    const response: Response = {
      rcode: ((packet.flags ?? 0) & 0xf) as Rcode,
      answers: packet.answers ?? [],
      authorities: packet.authorities ?? [],
      authoritative: false,
      recursionAvailable: true,
    };
    const now = this.#options.clock.now();
    this.#cache.keep(question, response, now);
    // What is kept longer than its TTL says so to everybody, the first one included.
    return this.#cache.find(question, now) ?? response;
  }
}

const inCaseOf = ({ name }: Question, answers: Response["answers"]): Response["answers"] =>
  answers.map((answer) =>
    answer.name.toLowerCase() === name.toLowerCase() ? { ...answer, name } : answer,
  );
