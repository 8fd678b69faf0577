import type { Answer } from "dns-packet";
import { rcode, type Question, type Response } from "./dns-message.ts";

/** How a resolver treats the TTLs that it is given. */
export interface TtlHabit {
  /** Seconds that it keeps an answer at least, whatever the TTL says; 0 for one that honours TTLs. */
  readonly leastTtl: number;
}

interface Kept {
  readonly response: Response;
  /** Cutover time, epoch milliseconds. */
  readonly keptAt: number;
  readonly expiresAt: number;
}

/** How long an answer without any record is kept, seconds: as long as a failed server is left alone. */
const withoutRecords = 5;

/** What a resolver remembers, by question; time is an argument, in epoch milliseconds of cutover time. */
export class AnswerCache {
  readonly #habit: TtlHabit;
  readonly #kept = new Map<string, Kept>();

  constructor(habit: TtlHabit) {
    this.#habit = habit;
  }

  /** Keeps an answer for its TTL, or for longer where that is the habit; TTL 0 is for this once. */
  keep(question: Question, response: Response, now: number): void {
    const seconds = Math.max(this.#habit.leastTtl, ttlOf(response));
    const kept = { response, keptAt: now, expiresAt: now + 1_000 * seconds };
    this.#kept.set(keyOf(question), kept);
  }

  /** The answer with what is left of its TTLs; undefined when there is none, or it is too old. */
  find(question: Question, now: number): Response | undefined {
    const kept = this.#kept.get(keyOf(question));
    if (kept === undefined || now >= kept.expiresAt) return undefined;
    const left = Math.ceil((kept.expiresAt - now) / 1_000);
    const age = Math.floor((now - kept.keptAt) / 1_000);
    const aged = (answer: Answer): Answer =>
      "ttl" in answer && answer.ttl !== undefined
        ? { ...answer, ttl: Math.max(answer.ttl - age, left) }
        : answer;
    const { response } = kept;
    return {
      ...response,
      answers: response.answers.map(aged),
      authorities: response.authorities.map(aged),
    };
  }
}

const keyOf = ({ name, type }: Question): string => `${name.toLowerCase()} ${type}`;

/** The shortest TTL of an answer; of a denial, what the SOA allows (RFC 2308). */
const ttlOf = ({ rcode: code, answers, authorities }: Response): number => {
  if (code !== rcode.noError && code !== rcode.nameError) return 0;
  const ttls = answers.flatMap((answer) => ("ttl" in answer ? (answer.ttl ?? 0) : []));
  if (ttls.length > 0) return Math.min(...ttls);
  const soa = authorities.find((authority) => authority.type === "SOA");
  return soa === undefined ? withoutRecords : Math.min(soa.ttl ?? 0, soa.data.minimum ?? 0);
};
