import { passed, refused, rule } from "./rule.ts";

/** Nothing moves unwatched: each threshold has its alarm and its panel. */
export const watched = rule({
  name: "watched",
  sentence: "Every threshold has an alarm and a panel",
  severity: "high",
  remediation: "Declare the alarm or panel that the message names.",
  binds: ["begin", "forward", "recorded"],
  needs: ["declaredAlarms", "declaredPanels"],
  judge({ definition: { thresholds }, facts: { declaredAlarms, declaredPanels } }) {
    const found = thresholds.flatMap(({ name }) => {
      const id = declaredAlarms[name];
      // An id that is not known yet belongs to an alarm that this update creates.
      const alarm = id !== undefined && (id.known ? id.value !== "" : id.notYet === true);
      return [
        ...(alarm ? [] : [`${name} has no alarm`]),
        ...(declaredPanels.includes(name) ? [] : [`${name} has no panel`]),
      ];
    });
    return found.length === 0
      ? passed(`${thresholds.length} thresholds, each with alarm and panel`)
      : refused({
          found: found.join("; "),
          expected: "an alarm and a panel for each threshold",
          says: found.join("; "),
        });
  },
});
