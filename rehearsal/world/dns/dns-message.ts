import dnsPacket, { type Answer, type DecodedPacket, type OptAnswer } from "dns-packet";

/** Response codes that the world's servers give (RFC 1035, 4.1.1; RFC 6891 for the last one). */
export const rcode = {
  noError: 0,
  formatError: 1,
  serverFailure: 2,
  nameError: 3,
  notImplemented: 4,
  refused: 5,
  badVersion: 16,
} as const;
export type Rcode = (typeof rcode)[keyof typeof rcode];

/** The one question of a query. */
export interface Question {
  /** As it was asked: upper and lower case are kept for the answer. */
  readonly name: string;
  readonly type: string;
  readonly class: string;
}

/** What a server knows about a question. */
export interface Response {
  readonly rcode: Rcode;
  readonly answers: readonly Answer[];
  readonly authorities: readonly Answer[];
  readonly authoritative: boolean;
  readonly recursionAvailable: boolean;
}

/** A response without records. */
export const emptyResponse = (
  code: Rcode,
  { authoritative = false, recursionAvailable = false } = {},
): Response => ({ rcode: code, answers: [], authorities: [], authoritative, recursionAvailable });

/** The least that a UDP answer may have, and the most that avoids fragments (RFC 6891; DNS flag day 2020). */
const leastUdpBytes = 512;
const mostUdpBytes = 1_232;

const optOf = ({ additionals = [] }: DecodedPacket): OptAnswer | undefined =>
  additionals.find((each): each is OptAnswer => each.type === "OPT");

/** What is wrong with a query before anybody looks at its name; undefined when nothing is. */
export const queryProblem = (query: DecodedPacket): Rcode | undefined => {
  const opcode = ((query.flags ?? 0) >> 11) & 0xf;
  if (opcode !== 0) return rcode.notImplemented;
  if (query.questions?.length !== 1) return rcode.formatError;
  return (optOf(query)?.ednsVersion ?? 0) > 0 ? rcode.badVersion : undefined;
};

/** The question of a query that {@link queryProblem} found in order. */
export const questionOf = ({ questions = [] }: DecodedPacket): Question => {
  const [question] = questions;
  return {
    name: question?.name ?? ".",
    type: question?.type ?? "NULL",
    class: question?.class ?? "IN",
  };
};

/**
 * The bytes of an answer. Over UDP, what does not fit into the asker's size is cut off with TC set, so that
 * the asker comes again over TCP.
 */
export const encodeResponse = (
  query: DecodedPacket,
  response: Response,
  transport: "udp" | "tcp",
): Buffer => {
  const asked = optOf(query);
  const flags =
    (response.authoritative ? dnsPacket.AUTHORITATIVE_ANSWER : 0) |
    (response.recursionAvailable ? dnsPacket.RECURSION_AVAILABLE : 0) |
    ((query.flags ?? 0) & dnsPacket.RECURSION_DESIRED) |
    (response.rcode & 0xf);
  const opt: OptAnswer = {
    type: "OPT",
    name: ".",
    udpPayloadSize: mostUdpBytes,
    extendedRcode: response.rcode >> 4,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
  };
  const frame = {
    type: "response" as const,
    id: query.id ?? 0,
    questions: query.questions ?? [],
    // Who does not know EDNS must not meet it in the answer.
    additionals: asked === undefined ? [] : [opt],
  };
  const { answers, authorities } = response;
  const whole = { ...frame, flags, answers: [...answers], authorities: [...authorities] };
  const room = Math.min(Math.max(asked?.udpPayloadSize ?? 0, leastUdpBytes), mostUdpBytes);
  const bytes = dnsPacket.encode(whole);
  if (transport === "tcp" || bytes.length <= room) return bytes;
  return dnsPacket.encode({ ...frame, flags: flags | dnsPacket.TRUNCATED_RESPONSE });
};
