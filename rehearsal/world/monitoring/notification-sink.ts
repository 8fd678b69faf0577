/** A message as it arrived at a channel or a person. */
export interface Delivery {
  /** Whom it was for, with its `@`: `@slack-lms-incidents`. */
  readonly handle: string;
  readonly title: string;
  readonly text: string;
  /** Cutover time, milliseconds. */
  readonly at: number;
}

/** What was sent to people, and what of it nobody got. */
export interface SentMessages {
  readonly delivered: number;
  readonly undelivered: readonly Delivery[];
}

/** How many messages were sent to people, and how many of them nobody got. */
export interface MessageTotals {
  readonly delivered: number;
  readonly undelivered: number;
}

/** Where notifications of the world arrive: the channels behind handles such as `@slack-…`. */
export class NotificationSink {
  /** While true, messages are lost: a fault. */
  down = false;
  readonly #deliveries: Delivery[] = [];
  readonly #lost: Delivery[] = [];

  /** What arrived, oldest first. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** What was sent while the sink was down. */
  get lost(): readonly Delivery[] {
    return this.#lost;
  }

  /** Sends one message to each handle that the text mentions. */
  send(title: string, text: string, at: number): void {
    for (const handle of handlesIn(text)) {
      (this.down ? this.#lost : this.#deliveries).push({ handle, title, text, at });
    }
  }
}

/** The `@`-handles of a text, each once; the `@` of a word such as `a@b` only counts for mail addresses. */
const handlesIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/(?<![\w@])@[\w][\w.@+-]*\w/g)].map(([handle]) => handle));
