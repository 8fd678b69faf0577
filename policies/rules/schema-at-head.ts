import { greenWeightAt, rung } from "../../definition/ladder.ts";
import { storeOf } from "../../definition/stores.ts";
import { passed, refused, rule } from "./rule.ts";

/** Green gets no more traffic on a database that does not answer, or whose schema is not the one it was built for. */
export const schemaAtHead = rule({
  name: "schema-at-head",
  sentence: "Green's database answers, and its schema is at the one revision that green needs",
  severity: "critical",
  remediation:
    "Look at the log of the migration's Job, and at which database it changed. A head that the definition changed is migrated by an update at the stage in force.",
  binds: ["forward"],
  needs: ["schemaRevisions"],
  exempt({ move: { from, to }, definition }) {
    if (definition.stores.migration.revision === undefined) {
      return "the plan names no statement that reads the schema's revision";
    }
    const onLadder = rung(definition, from) >= 0 && rung(definition, to) >= 0;
    return onLadder && greenWeightAt(definition, to) <= greenWeightAt(definition, from)
      ? `green gets no more traffic at ${to}`
      : undefined;
  },
  judge({ definition: { stores }, facts: { schemaRevisions } }) {
    const store = storeOf(stores, "green").name;
    const { head } = stores.migration;
    const [only, other] = schemaRevisions;
    if (only === head && other === undefined) return passed(`${store} is at ${head}`);
    const found =
      only === undefined
        ? `${store} is at no revision`
        : `${store} is at ${only}${other === undefined ? "" : ` and at ${other}, two heads`}`;
    return refused({
      found,
      expected: head,
      says: `${found}, and green needs ${head} alone; look at the log of the migration's Job`,
    });
  },
});
