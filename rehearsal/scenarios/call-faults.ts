import { paymentSpan, type ExampleRequest } from "../../definition/rehearsal-example.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import type { Threshold } from "../../definition/thresholds.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import { callTriggers, inPercent, limitedCall, namesOf, shareAbove, triggersOf } from "./limits.ts";
import { alarmLeadsBack } from "./stages.ts";

/** One kind of call fails while the others are answered. */
export const callFaults: FaultsOf = (system) => [checkoutFailures(system), paymentError(system)];

/** The calls of the example whose failures a threshold limits. */
const limitedRequests = (
  { rehearsal }: SystemDefinition,
  triggers: readonly Threshold[],
): readonly ExampleRequest[] =>
  rehearsal.requests.filter(({ method, path }) =>
    triggers.map(limitedCall).some((call) => call?.method === method && call.path === path),
  );

const checkoutFailures = (system: SystemDefinition): Fault => {
  const triggers = callTriggers(system);
  const requests = limitedRequests(system, triggers);
  const share = shareAbove(triggers);
  const failingRequests = Object.fromEntries(requests.map(({ name }) => [name, share]));
  const names = requests.map(({ name }) => `"${name}"`).join(", ");
  return {
    name: "checkout-failures",
    sentence: `Green answers ${inPercent(share)} of the calls ${names} with an error, and no other call.`,
    stages: requests.length === 0 ? [] : alarmLeadsBack(system),
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { failingRequests } }],
    expects: {
      outcome: "rolled-back",
      because: "The failures of this one call order the way back, few as they are among all.",
      triggeredBy: namesOf(triggers),
    },
  };
};

const paymentError = (system: SystemDefinition): Fault => {
  const triggers = triggersOf(system).filter(
    ({ measure }) =>
      typeof measure === "object" && "errorsOf" in measure && measure.errorsOf === paymentSpan,
  );
  const paymentErrorShare = 0.05;
  return {
    name: "payment-error",
    sentence: `Green cannot process ${inPercent(paymentErrorShare)} of the payments.`,
    stages: triggers.length === 0 ? [] : alarmLeadsBack(system),
    moment: "during",
    disturbances: [{ kind: "pods", side: "green", change: { paymentErrorShare } }],
    expects: {
      outcome: "rolled-back",
      because:
        "A payment that cannot be processed orders the way back; so may the call that failed with it.",
      triggeredBy: namesOf([...triggers, ...callTriggers(system)]),
    },
  };
};
