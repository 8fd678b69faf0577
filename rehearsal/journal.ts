import { cutoverTime, type CutoverClock } from "./clock.ts";
import type { Judgement } from "../policies/judge.ts";
import { verdictText } from "../policies/rules/rule.ts";
import type { Delivery } from "./world/monitoring/notification-sink.ts";
import type {
  GateReading,
  InjectedFault,
  RehearsalRecord,
  ShareReading,
  StageResult,
  TimelineEntry,
  ViolationResult,
} from "./rehearsal-record.ts";

/** Everything that a rehearsal writes down while it runs, in cutover time. */
export class Journal {
  readonly timeline: TimelineEntry[] = [];
  readonly gates: GateReading[] = [];
  readonly shares: ShareReading[] = [];
  readonly stages: StageResult[] = [];
  readonly violations: ViolationResult[] = [];
  readonly faults: InjectedFault[] = [];
  readonly weights: { at: number; green: number }[] = [];
  readonly fast: { from: number; to: number; rate: number }[] = [];
  updateFailed = false;
  /** Why the last update failed, if it did and no gate refused it. */
  failure: string | undefined;
  readonly #clock: CutoverClock;

  constructor(clock: CutoverClock) {
    this.#clock = clock;
    let before = clock.state;
    clock.onChange((state) => {
      const to = cutoverTime(before, state.wallMilliseconds);
      if (before.rate > 1) {
        this.fast.push({ from: before.cutoverMilliseconds, to, rate: before.rate });
      }
      before = state;
    });
  }

  /** Notes something that happens now, or that began at `from` and ends now. */
  note(kind: TimelineEntry["kind"], title: string, from?: number): void {
    const now = this.#clock.now();
    this.timeline.push(
      from === undefined ? { at: now, kind, title } : { at: from, until: now, kind, title },
    );
  }

  /** Notes each message to people that nobody got, at the time when it was sent. */
  undelivered(messages: readonly Delivery[]): void {
    for (const { at, handle, title } of messages) {
      this.timeline.push({ at, kind: "note", title: `Not delivered to ${handle}: ${title}` });
    }
  }

  /** Keeps what the gates said of a move. */
  judged(from: string, to: string, { verdicts }: Judgement): void {
    this.gates.push({
      at: this.#clock.now(),
      from,
      to,
      verdicts: verdicts.map(({ rule, sentence, verdict }) => ({
        rule,
        sentence,
        outcome: verdict.outcome,
        message: verdictText(verdict),
      })),
    });
  }

  /** Keeps refusals, each once however often it was met. */
  refused(system: string, violations: readonly { policy: string; message: string }[]): void {
    for (const { policy, message } of violations) {
      const known = this.violations.some(
        (violation) => violation.policy === policy && violation.message === message,
      );
      if (!known) this.violations.push({ policy, system, message });
    }
  }

  /** The parts of the record that the journal holds. */
  get record(): Pick<
    RehearsalRecord,
    "timeline" | "gates" | "shares" | "stages" | "violations" | "faults" | "fast"
  > {
    const { timeline, gates, shares, stages, violations, faults, fast } = this;
    return { timeline, gates, shares, stages, violations, faults, fast };
  }
}
