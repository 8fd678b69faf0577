import { describe, expect, test } from "vitest";
import { soleOwner } from "../../../policies/rules/sole-owner.ts";
import { messageOf, move, night, outcome, without } from "../lms-night.ts";

const canary = move("baseline", "canary");
const ownedBy = (...routeOwners: string[]) => night(canary, { routeOwners });

describe("the object that carries the traffic has one owner", () => {
  test("this stack alone: the move may go on", () =>
    expect(outcome(soleOwner, night(canary))).toBe("passed"));

  test("another tool beside it: refused with its name and the way out", () =>
    expect(messageOf(soleOwner.judge(ownedBy("Argo CD (tracking-id: lms)")))).toBe(
      "refused: VirtualService production/lms-vs is managed by Argo CD (tracking-id: lms) as well; take it out of there first, or let that tool move the traffic.",
    ));

  test("nobody knows: refused", () =>
    expect(outcome(soleOwner, without(night(canary), "routeOwners"))).toBe("refused"));

  test("a way back is not held up by another owner", () =>
    expect(outcome(soleOwner, night(move("half", "baseline"), { routeOwners: ["Flux"] }))).toBe(
      "not-applicable",
    ));
});
