import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { passed, refused, rule } from "./rule.ts";

/** Each threshold's alarm exists, can be read, and is not raised. */
export const alarmsQuiet = rule({
  name: "alarms-quiet",
  sentence: "No alarm of the cutover is raised, and each of them works",
  severity: "critical",
  remediation: "Deal with the alarm that the message names; mend it if it cannot be read.",
  binds: ["forward"],
  needs: ["alarmStates"],
  judge({ move: { from }, definition, facts: { alarmStates } }) {
    const carries = rung(definition, from) < 0 || greenWeightAt(definition, from) > 0;
    const loud = definition.thresholds.flatMap(({ name, title }) => {
      const state = alarmStates[name];
      if (state === undefined) return [`${title} has no alarm`];
      if (!state.known) return [`the alarm on ${title} cannot be read: ${state.reason}`];
      // Without requests there is nothing that a monitor could measure.
      if (state.value === "OK" || (state.value === "No Data" && !carries)) return [];
      return [`the alarm on ${title} says ${state.value}`];
    });
    return loud.length === 0
      ? passed(`${definition.thresholds.length} alarms, none raised`)
      : refused({ found: loud.join("; "), expected: "every alarm OK", says: loud.join("; ") });
  },
});
