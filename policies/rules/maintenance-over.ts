import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { maintenanceKey } from "../../definition/maintenance.ts";
import { instantInWords, nextPossibleInWords } from "./instant-in-words.ts";
import { passed, refused, rule } from "./rule.ts";

/** Users are answered: what green shows while they get the page of maintenance says nothing about it. */
export const maintenanceOver = rule({
  name: "maintenance-over",
  sentence: "Maintenance is over before green gets traffic, as its soak would measure no users",
  severity: "high",
  remediation:
    "Turn maintenance off by its config value, in an update of its own, or wait for its end.",
  binds: ["forward"],
  needs: ["now", "maintenance"],
  exempt({ move: { to }, definition }) {
    if (definition.maintenance === undefined) return "the plan has no maintenance";
    return rung(definition, to) >= 0 && greenWeightAt(definition, to) === 0
      ? `green gets no traffic at ${to}`
      : undefined;
  },
  judge({ definition, facts: { now, maintenance } }) {
    if (maintenance === null) return passed("maintenance is off");
    const { holder, began, ends } = maintenance;
    if (ends <= now) return passed(`maintenance is over since ${instantInWords(ends, now)}`);
    const key = `${definition.name}:${maintenanceKey}`;
    return refused({
      found: "maintenance is on",
      expected: "maintenance off",
      says: `maintenance is on since ${instantInWords(began, now)}, held by ${holder}; set ${key} to off and update, or wait until it ends by itself; ${nextPossibleInWords(ends, now)}`,
      nextPossibleAt: ends,
    });
  },
});
