import type { FactValues } from "../../facts/facts.ts";
import type { Night } from "../rule.ts";
import type { FailedWindow } from "../calendar/judged-windows.ts";
import { plannedWindows } from "../calendar/planned-windows.ts";
import { counting, type Counted } from "./counting.ts";
import { distinctPeople } from "./distinct-people.ts";

/** A window that passed without a use of it, as who may call the cutover off has signed. */
export interface UnusedWindow extends FailedWindow {
  readonly proofs: readonly Counted<"window-unused">[];
}

/**
 * The windows of which it is signed that nobody used them. Only the plan's own count, and only a word given
 * once the window was over: before, nobody knows whether it will be used.
 */
export const unusedWindows = ({
  definition,
  move,
  facts: { now, evidence },
}: Pick<Night<never>, "definition" | "move"> & {
  readonly facts: Pick<FactValues, "now" | "evidence">;
}): readonly UnusedWindow[] => {
  const { by, quorum } = definition.rollback.authority;
  const { counted } = counting({
    kind: "window-unused",
    evidence,
    definition,
    move,
    now,
    concerns: ({ role }) => by.includes(role),
  });
  const windows = new Map<string, Counted<"window-unused">[]>();
  for (const proof of counted) {
    const { window, closedAt } = proof.statement;
    const key = `${Date.parse(closedAt)} ${window}`;
    windows.set(key, [...(windows.get(key) ?? []), proof]);
  }
  return [...windows.values()].flatMap((proofs) => {
    const [first] = proofs;
    if (first === undefined) return [];
    const title = first.statement.window;
    const closedAt = Date.parse(first.statement.closedAt);
    const isPlanned = plannedWindows(definition.calendar, {
      from: closedAt - 1,
      to: closedAt,
    }).some((planned) => planned.title === title && planned.to === closedAt);
    const afterwards = proofs.filter(({ at }) => at >= closedAt);
    const signers = afterwards.map((each) => ({ ...each, role: each.statement.role }));
    const enough = quorum === "all" ? "by" in distinctPeople(by, signers) : afterwards.length > 0;
    return isPlanned && enough ? [{ title, closedAt, proofs: afterwards }] : [];
  });
};
