import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { alarmComplaint } from "./alarm-complaint.ts";
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
    const loud = new Map<string, string[]>();
    for (const { name, title, at } of definition.thresholds) {
      // Where a plan names the stages, there may be nothing to measure at the others.
      const says = alarmComplaint(alarmStates[name], at?.includes(from) ?? carries);
      if (says !== undefined) loud.set(says, [...(loud.get(says) ?? []), title]);
    }
    const found = [...loud]
      .map(([says, titles]) => `alarm on ${titles.join(", ")} ${says}`)
      .join("; ");
    return found === ""
      ? passed(`${definition.thresholds.length} alarms, none raised`)
      : refused({ found, expected: "every alarm OK", says: found });
  },
});
