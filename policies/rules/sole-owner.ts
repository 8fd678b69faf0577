import { inWords, trafficObject } from "../../definition/traffic-object.ts";
import { passed, refused, rule } from "./rule.ts";

/** Nobody else keeps writing the object that carries the traffic. */
export const soleOwner = rule({
  name: "sole-owner",
  sentence: "The object that carries the traffic is managed by this stack alone",
  severity: "critical",
  remediation:
    "Take the object out of the other tool, or let that tool move the traffic: two owners undo each other.",
  binds: ["begin", "forward"],
  needs: ["routeOwners"],
  judge({ definition, facts: { routeOwners: owners } }) {
    const name = inWords(trafficObject(definition));
    if (owners.length === 0) return passed(`nobody else writes ${name}`);
    const found = `${name} is managed by ${owners.join(" and ")} as well`;
    return refused({
      found,
      expected: "this stack alone",
      says: `${found}; take it out of there first, or let that tool move the traffic`,
    });
  },
});
