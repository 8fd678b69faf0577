import { rung } from "../../definition/ladder.ts";
import { readinessScore, isWhole, scoreInWords } from "./readiness/readiness-score.ts";
import { notApplicable, passed, refused, rule } from "./rule.ts";

/** The stage that waits for readiness is left no earlier than the score that the plan asks for is reached. */
export const readiness = rule({
  name: "readiness",
  sentence: "The system's readiness reaches the score that the plan asks for",
  severity: "high",
  remediation: "See `cutover readiness SYSTEM`; renew what is missing or stale.",
  binds: ["forward"],
  needs: ["now", "readinessFacts"],
  exempt: ({ move: { from }, definition }) => {
    if (definition.readiness === undefined) return "the plan asks for no readiness score";
    const { toLeave } = definition.readiness;
    return rung(definition, from) >= 0 && from !== toLeave
      ? `readiness is asked for before ${toLeave} is left`
      : undefined;
  },
  judge({ move, definition, facts: { now, readinessFacts } }) {
    if (definition.readiness === undefined) return notApplicable("no score is asked for");
    const night = { definition, move, now, facts: readinessFacts };
    const { score, atLeast, ready, components } = readinessScore(definition.readiness, night);
    if (ready) return passed(`readiness ${scoreInWords(score)}`);
    const short = components
      .filter((component) => !isWhole(component))
      .map(
        ({ title, required, found }) =>
          `${title}${required === true ? " (required)" : ""}: ${found}`,
      );
    const found = `readiness is ${scoreInWords(score)}`;
    return refused({
      found,
      expected: `at least ${atLeast} %`,
      says: `${found}, at least ${atLeast} % is asked for; ${short.join("; ")}`,
    });
  },
});
