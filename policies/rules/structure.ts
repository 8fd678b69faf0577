import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { definitionDigest } from "../../definition/ledger.ts";
import { passed, refused, rule } from "./rule.ts";

/** The program declares what the definition says: this definition, and the weights of its stage. */
export const structure = rule({
  name: "structure",
  sentence: "The traffic resource is given the weights of the stage, by the definition in stacks/",
  severity: "critical",
  remediation: "Mend the program, or run program and gates from one checkout.",
  binds: ["begin", "forward", "recorded"],
  needs: ["declaredWeights", "declaredDefinition"],
  judge({ move: { to }, definition, facts: { declaredWeights: weights, declaredDefinition } }) {
    if (rung(definition, to) < 0) return refused({ found: to || "no stage", expected: "a stage" });
    const green = greenWeightAt(definition, to);
    if (weights.green !== green || weights.blue !== 100 - green) {
      const found = `weights blue ${weights.blue}, green ${weights.green}`;
      return refused({ found, expected: `blue ${100 - green}, green ${green} (${to})` });
    }
    if (declaredDefinition !== definitionDigest(definition)) {
      const expected = `that of stacks/${definition.name}.ts as the gates read it`;
      return refused({ found: "another definition", expected });
    }
    return passed(`weights of ${to}, definition ${declaredDefinition.slice(0, 12)}`);
  },
});
