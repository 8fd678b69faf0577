import type { Plan } from "../../../definition/plan.ts";
import type { Duration } from "../../../definition/units.ts";

/** Something that people must have been told some time ahead. */
export interface PromisedNotice {
  /** Title of the plan's message; none where it is the date of the cutover, however that is told. */
  readonly message?: string;
  readonly ahead: Duration;
  /** Roles that may say when it was sent. */
  readonly senders: readonly string[];
}

/** Everything that a plan promises to announce, as its calendar and its messages say. */
export const promisedNotices = ({
  calendar: { notice },
  communications,
  roles,
}: Pick<Plan, "communications" | "roles"> & {
  readonly calendar: Pick<Plan["calendar"], "notice">;
}): readonly PromisedNotice[] => {
  const messages = communications.flatMap(({ title, sender, atLeastBefore: ahead }) =>
    ahead === undefined ? [] : [{ message: title, ahead, senders: [sender] }],
  );
  const senders = messages.flatMap((each) => each.senders);
  const date = {
    ahead: notice ?? { milliseconds: 0 },
    senders: senders.length === 0 ? Object.keys(roles) : [...new Set(senders)],
  };
  return notice === undefined ? messages : [date, ...messages];
};
