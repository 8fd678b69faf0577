import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { watchedWindow } from "../facts/watched-window.ts";
import { instantInWords } from "./instant-in-words.ts";
import { passed, refused, rule } from "./rule.ts";
import { thresholdFindings } from "./threshold-findings.ts";

/**
 * Green kept every threshold over the whole watched window, with enough requests to mean something.
 * Before it has traffic only what needs none is judged, where there are values.
 */
export const liveHealth = rule({
  name: "live-health",
  sentence: "Green keeps every threshold under its traffic, over the whole soak",
  severity: "critical",
  remediation: "Look at the dashboard. Wait until a whole soak has held, or roll back.",
  binds: ["forward"],
  needs: ["now", "greenValues", "watchedRequests"],
  judge({ move, definition, facts: { now, greenValues, watchedRequests } }) {
    const stage = definition.ladder[rung(definition, move.from)];
    if (stage === undefined) return refused({ found: move.from, expected: "a stage" });
    const carries = greenWeightAt(definition, move.from) > 0;
    const named = definition.thresholds.filter(({ at }) => at?.includes(move.from) === true);
    const usual = definition.thresholds.filter(
      ({ at, measure }) => at === undefined && (carries || !needsRequests.has(measure)),
    );
    const findings = [
      // Where a plan names the stage it wants the figure there, whatever the weights are.
      thresholdFindings("green", named, greenValues, { missing: "is a problem" }),
      thresholdFindings("green", usual, greenValues, {
        missing: carries ? "is a problem" : "is fine",
      }),
    ];
    const problems = findings.flatMap((each) => each.problems);
    const good = findings.flatMap((each) => each.good);
    const { from, to } = watchedWindow(definition, move, now);
    const span = `from ${instantInWords(from, now)} to ${instantInWords(to, now)}`;
    const enough = carries ? (stage.leave?.greenRequests ?? 0) : 0;
    const found = [
      ...problems,
      // Written so that NaN is too few.
      ...(watchedRequests.green >= enough
        ? []
        : [`green answered ${watchedRequests.green} of the ${enough} requests needed`]),
    ];
    return found.length === 0
      ? passed([...good, `${watchedRequests.green} requests ${span}`].join(", "))
      : refused({
          found: found.join("; "),
          expected: "every threshold kept over the whole window, with enough requests",
          says: `${found.join("; ")} (${span})`,
        });
  },
});

/** Measures of answers: without traffic they say nothing. */
const needsRequests: ReadonlySet<unknown> = new Set([
  "error-rate",
  "failed-requests",
  "p95-latency",
]);
