import type { Message } from "./message.ts";
import type { Open } from "./tbd.ts";
import type { Duration } from "./units.ts";

/** A list that is complete before a move. */
export interface Checklist<RoleName extends string = string> {
  readonly name: string;
  readonly title: string;
  /** How long before the move it may have been done at the earliest. */
  readonly notOlderThan?: Duration;
  readonly items: readonly ChecklistItem<RoleName>[];
}

export interface ChecklistItem<RoleName extends string = string> {
  readonly title: string;
  readonly owner: RoleName;
  /** How it is found out: a query, a call, or a question to a person. */
  readonly how?: string;
  readonly expected?: string;
  readonly source: string;
}

/** What an answer to a question of a checkpoint leads to. */
export type CheckpointAction = "go on" | "hold" | "investigate" | "roll back";

/** A stop at which a named role decides. */
export interface Checkpoint<StageName extends string = string, RoleName extends string = string> {
  readonly name: string;
  readonly title: string;
  /** The stage at whose end it stands. */
  readonly after: StageName;
  /** Each of them decides, each a different person. */
  readonly decidedBy: readonly RoleName[];
  /** Whose agreement makes the team's consensus; a no that one of them signs is heard. */
  readonly consensusOf?: readonly RoleName[];
  /** Time from entering the stage; a checkpoint that has not passed by then has failed. */
  readonly within?: Duration;
  readonly questions: readonly {
    readonly question: string;
    /** The answer that lets the cutover go on, whatever way the question is put. */
    readonly good: "yes" | "no";
    readonly otherwise: readonly CheckpointAction[];
  }[];
  readonly decisions: readonly string[];
  readonly source: string;
}

/** One automated test of the running system, as an HTTP call. */
export interface SmokeTest {
  readonly id: string;
  readonly title: string;
  /** What a person would see. */
  readonly expected: string;
  readonly method: "GET" | "POST" | "PUT";
  readonly path: string;
  /** JSON that is sent. What it creates stays: it names a test account. No secret. */
  readonly body?: Open<Readonly<Record<string, unknown>>>;
  /** Fields of the answer and what they must say; any answer with a status of 200 to 299 is good besides. */
  readonly says?: Readonly<Record<string, string | number | boolean>>;
  readonly source: string;
}

/** Who smoke tests are to the system. */
export interface TestAccount {
  /** Header that every call carries. */
  readonly header: string;
  /** Environment variable with the header's whole value, a secret. */
  readonly variable: string;
}

/** A message that someone must send by a given time. */
export interface Communication<RoleName extends string = string> {
  readonly title: string;
  readonly sender: RoleName;
  readonly audience: string;
  /** In words: relative to T-0, to a stage, or how often. */
  readonly due: string;
  /** Moves that the calendar binds need a signed word that it was sent at least this long before T-0. */
  readonly atLeastBefore?: Duration;
  readonly every?: Duration;
  /** What it says, where the plan has a text for it. */
  readonly message?: Message;
  readonly source: string;
}

/** Work that remains when the night is over. */
export interface FollowUp<RoleName extends string = string> {
  readonly title: string;
  readonly owner: RoleName;
  /** `within` counts from go-live; a next business day from the night's date. */
  readonly due: { readonly within: Duration } | "next business day";
  readonly source: string;
}

/** A sentence that must be true for the cutover to count as a success or as done. */
export interface Criterion {
  readonly title: string;
  readonly measuredBy: string;
  readonly source: string;
}
