import type { Expected, PlannedFault } from "./scenarios/fault.ts";
import type { Expectation, RehearsalResult } from "./rehearsal-record.ts";

/** What a rehearsal without any fault must show. */
const undisturbed: Expected = { outcome: "completed", because: "Nothing goes wrong." };

/** How severe an outcome is: with several faults, the most severe one decides. */
const order = ["completed", "refused", "rolled-back"] as const;

/** What happened, as far as expectations look at it. */
export interface Happened extends Pick<
  RehearsalResult,
  | "outcome"
  | "rollback"
  | "violations"
  | "requests"
  | "data"
  | "freeze"
  | "downtime"
  | "messages"
  | "stages"
> {
  /** Whether an update failed other than by a refusal. */
  readonly updateFailed: boolean;
  /** Why the last update failed, other than by a refusal. */
  readonly failure: string | undefined;
  /** Stages whose share lay outside of its interval. */
  readonly misrouted: readonly string[];
}

/** Holds what happened against what the injected faults declare. */
export const expectation = (planned: readonly PlannedFault[], happened: Happened): Expectation => {
  const wanted = planned.length === 0 ? [undisturbed] : planned.map(({ fault }) => fault.expects);
  const outcome = wanted
    .map((each) => each.outcome)
    .reduce((one, other) => (order.indexOf(other) > order.indexOf(one) ? other : one));
  const differences = [
    ...(happened.outcome === outcome
      ? []
      : [`It ended ${happened.outcome}, and should have ended ${outcome}.${cause(happened)}`]),
    ...wanted.flatMap((each) => unmet(each, happened)),
    ...lossDifferences(planned, happened),
    ...dataDifferences(happened),
    ...freezeDifference(happened),
    ...downtimeDifference(happened),
    ...budgetDifference(happened),
  ];
  return { outcome, met: differences.length === 0, differences };
};

const cause = ({ failure }: Happened): string =>
  failure === undefined ? "" : ` The last update failed: ${failure}`;

const unmet = (expected: Expected, happened: Happened): string[] => {
  const { refusedBy, triggeredBy, updateFails, comesAgain, messagesLost } = expected;
  const refusing = happened.violations.map(({ policy }) => policy);
  const reached = happened.stages.map(({ stage }) => stage);
  return [
    ...(refusedBy === undefined || refusedBy.some((rule) => refusing.includes(rule))
      ? []
      : [`None of ${refusedBy.join(", ")} refused; ${refusing.join(", ") || "nothing"} did.`]),
    ...(triggeredBy === undefined || triggeredBy.includes(happened.rollback?.trigger ?? "")
      ? []
      : [`None of ${triggeredBy.join(", ")} triggered a rollback.`]),
    ...(updateFails === true && !happened.updateFailed ? ["No update failed."] : []),
    ...(comesAgain === true && new Set(reached).size === reached.length
      ? ["No stage was reached for a second time."]
      : []),
    ...(messagesLost === true && happened.messages.undelivered === 0
      ? ["No message to people was held up."]
      : []),
  ];
};

/** Requests are never lost; without a fault none fails and traffic goes where the weights say. */
const lossDifferences = (planned: readonly PlannedFault[], happened: Happened): string[] => {
  const { sent, ok, failed, lost, maintenance } = happened.requests;
  return [
    ...(lost === 0 ? [] : [`${lost} requests were lost.`]),
    ...(sent === ok + failed + lost + maintenance ? [] : ["Not every request is accounted for."]),
    ...(planned.length > 0 || failed === 0 ? [] : [`${failed} requests failed.`]),
    ...(planned.length > 0 || happened.misrouted.length === 0
      ? []
      : [`The share seen was not the weight set at ${happened.misrouted.join(", ")}.`]),
  ];
};

/** Whatever goes wrong, a write that somebody was told of is in both stores, and once. */
const dataDifferences = ({ data }: Happened): string[] => {
  const { acknowledged, missing, doubled, differing } = data ?? nothingWritten;
  const of = `of ${acknowledged} acknowledged writes`;
  return [
    ...(missing === 0 ? [] : [`${missing} ${of} are missing in one of the stores.`]),
    ...(doubled === 0 ? [] : [`${doubled} ${of} are doubled in one of the stores.`]),
    ...(differing === 0 ? [] : [`${differing} copied rows are not equal in both stores.`]),
  ];
};

const nothingWritten = { acknowledged: 0, missing: 0, doubled: 0, differing: 0 };

/** However often the same move is made again, users wait no longer than the plan says. */
const freezeDifference = ({ freeze }: Happened): string[] =>
  freeze === null || freeze.milliseconds < freeze.budgetMilliseconds
    ? []
    : [
        `Writes were frozen for ${freeze.milliseconds} ms, and the plan allows less than ${freeze.budgetMilliseconds} ms.`,
      ];

/** Whatever goes wrong with green, blue is there. */
const downtimeDifference = ({
  downtime: { milliseconds, budgetMilliseconds },
}: Happened): string[] =>
  budgetMilliseconds === null || milliseconds < budgetMilliseconds
    ? []
    : [
        `Nobody was answered well for ${milliseconds} ms, and the plan allows less than ${budgetMilliseconds} ms.`,
      ];

const budgetDifference = ({ rollback }: Happened): string[] =>
  rollback === null || rollback.restoredMilliseconds <= rollback.budgetMilliseconds
    ? []
    : [
        `The rollback took ${rollback.restoredMilliseconds} ms, and its budget is ${rollback.budgetMilliseconds} ms.`,
      ];
