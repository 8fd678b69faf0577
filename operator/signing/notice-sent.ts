import type { Plan } from "../../definition/plan.ts";
import { known, type AskedKind } from "./asked-kind.ts";

/** A word that people were told. @throws BadInput for a message that the plan does not promise. */
export const noticeSent = (
  plan: Pick<Plan, "communications">,
  { where, sentAt, message }: { where: string; sentAt: string; message: string | undefined },
): Extract<AskedKind, { statement: "notice" }> => {
  if (message === undefined) return { statement: "notice", sentAt };
  const promised = plan.communications.filter(({ atLeastBefore }) => atLeastBefore !== undefined);
  known(where, "--message", promised, ({ title }) => title, message);
  return { statement: "notice", sentAt, message };
};
