import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { isHalfWritten } from "./half-written.ts";
import { notApplicable, passed, refused, rule } from "./rule.ts";

/** The weights in the cluster are those that the ledger knows of. */
export const readBack = rule({
  name: "read-back",
  sentence: "The live weights are those of the stage in force: nobody moved traffic by hand",
  severity: "critical",
  remediation: "Find out who moved traffic, then set the config to a stage at or below it.",
  binds: ["forward", "recorded"],
  needs: ["liveWeights"],
  // Most systems of a large stack stand so: an update of their neighbours asks nothing about them.
  exempt: ({ move: { kind, to }, definition }) =>
    kind === "recorded" && rung(definition, to) >= 0 && greenWeightAt(definition, to) === 0
      ? "green has no traffic that this update could raise again"
      : undefined,
  judge({ move, definition, facts: { liveWeights: live } }) {
    const { from, to, kind } = move;
    const weightAt = (stage: string): number =>
      rung(definition, stage) < 0 ? NaN : greenWeightAt(definition, stage);
    const found = `green has weight ${live.green}, blue ${live.blue}`;
    if (kind === "recorded") {
      // Nothing should move; but where green was taken down by hand, this update would raise it again.
      if (!(live.green < weightAt(to))) return notApplicable("the ledger holds this move already");
      const expected = `${weightAt(to)} (${to})`;
      return refused({
        found,
        expected,
        says: `${found}, below ${expected}: this update would raise it again; roll back to the stage that is live`,
      });
    }
    const is = (stage: string): boolean =>
      live.green === weightAt(stage) && live.blue === 100 - weightAt(stage);
    if (is(from)) return passed(`${found}, as at ${from}`);
    if (is(to)) return passed(`${found}, as at ${to}: an update is being finished`);
    if (isHalfWritten(move, definition, live)) {
      return passed(`${found}, on the way to ${to}: an update is being finished`);
    }
    const expected = `green ${weightAt(from)} (${from})`;
    return refused({
      found,
      expected,
      says: `${found}; expected ${expected}: someone moved traffic by hand`,
    });
  },
});
