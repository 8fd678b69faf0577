import { inWords } from "../../definition/units.ts";
import { beginning } from "./calendar/beginning.ts";
import { unbound } from "./calendar/unbound.ts";
import { counting, inPassing, type Counted } from "./evidence/counting.ts";
import { howToSign } from "./evidence/how-to-sign.ts";
import { promisedNotices, type PromisedNotice } from "./evidence/promised-notices.ts";
import { instantInWords, nextPossibleInWords } from "./instant-in-words.ts";
import { passed, refused, rule, type Night } from "./rule.ts";

/**
 * Those concerned have known the date, and got each message that is due before it, for as long as the plan
 * promises. What people sign is bound to the definition, and the date is part of it: for another date the
 * notice begins anew.
 */
export const notice = rule({
  name: "notice",
  sentence: "What the plan promises to announce was announced as long ahead as it promises",
  severity: "high",
  remediation:
    "Announce what is missing and let its sender sign when that was, or wait for the time named.",
  binds: ["forward"],
  needs: ["now", "evidence"],
  exempt: ({ move, definition }) =>
    promisedNotices(definition).length === 0
      ? "the plan promises no notice"
      : unbound({ move, definition }),
  judge(night) {
    const standing = promisedNotices(night.definition).map((promise) => standingOf(promise, night));
    const problems = standing.filter((each) => "says" in each);
    const [first] = problems;
    if (first === undefined) {
      return passed(
        standing.map(({ found }) => found).join("; "),
        standing.flatMap((each) => ("proof" in each ? [each.proof] : [])),
      );
    }
    const nextPossibleAt = problems.map((each) => each.nextPossibleAt ?? Infinity);
    const last = Math.max(...nextPossibleAt);
    return refused({
      found: problems.map(({ found }) => found).join("; "),
      expected: problems.map(({ expected }) => expected).join("; "),
      says: problems.map(({ says }) => says).join("; "),
      ...(last < Infinity && { nextPossibleAt: last }),
    });
  },
});

type Standing =
  | { readonly found: string; readonly proof: Counted<"notice"> }
  | {
      readonly found: string;
      readonly expected: string;
      readonly says: string;
      /** When waiting alone would do, milliseconds since the epoch; never, where it is missing. */
      readonly nextPossibleAt?: number;
    };

const standingOf = (
  { message, ahead, senders }: PromisedNotice,
  { move, definition, facts: { now, evidence } }: Night<"now" | "evidence">,
): Standing => {
  const what = message === undefined ? "the date was announced" : `"${message}" was sent`;
  const expected = `${inWords(ahead)} of notice`;
  const { counted, dropped } = counting({
    kind: "notice",
    evidence,
    definition,
    move,
    now,
    concerns: (said) =>
      senders.includes(said.role) && (message === undefined || said.message === message),
  });
  const [first] = counted
    .map((proof) => ({ proof, sentAt: Date.parse(proof.statement.sentAt) }))
    // Nobody can vouch for what is yet to come.
    .filter(({ proof: { at }, sentAt }) => sentAt <= at)
    .sort((one, other) => one.sentAt - other.sentAt);
  if (first === undefined) {
    const found = `nobody has signed when ${what}`;
    const only = senders.length === 1 ? senders[0] : undefined;
    const options = `--notice INSTANT${message === undefined ? "" : ` --message ${JSON.stringify(message)}`}`;
    return {
      found,
      expected,
      says: `${found}; expected ${expected}; ${howToSign(move, only, options)}${inPassing(dropped)}`,
    };
  }
  const { proof, sentAt } = first;
  const at = instantInWords(sentAt, now);
  const found = message === undefined ? `announced at ${at}` : `"${message}" sent at ${at}`;
  const nextPossibleAt = sentAt + ahead.milliseconds;
  // A message is due before T-0, whenever the move itself comes; the date, before the move.
  const begins = message === undefined ? now : beginning(definition.calendar, now);
  if (begins >= nextPossibleAt) return { found, proof };
  const promised = `${found}, and the plan promises ${expected}`;
  return begins < now
    ? { found, expected, says: `${promised} before T-0, ${instantInWords(begins, now)}` }
    : {
        ...{ found, expected, nextPossibleAt },
        says: `${promised}; ${nextPossibleInWords(nextPossibleAt, now)}`,
      };
};
