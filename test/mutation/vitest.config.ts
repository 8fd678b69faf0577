import { defineConfig, type Plugin } from "vitest/config";
import { mutationVariable } from "./mutations.ts";

const [rule = "", mutation = ""] = (process.env[mutationVariable] ?? "").split(":");

/** Wraps the one place where every rule is made, so that one of them is wrong. */
const wrongRule: Plugin = {
  name: "wrong-rule",
  enforce: "pre",
  transform: (source, id) =>
    id.endsWith("policies/rules/rule.ts")
      ? `${source.replace("export const rule =", "const rightRule =")}
const wrong = {
  removed: () => () => ({ outcome: "not-applicable", why: "mutated" }),
  inverted: (judge) => (judged) => {
    const verdict = judge(judged);
    if (verdict.outcome === "passed") {
      return { outcome: "refused", message: "refused: mutated.", found: "", expected: "" };
    }
    return verdict.outcome === "refused" ? { outcome: "passed", found: "mutated" } : verdict;
  },
  trusting: (judge, needs) => (judged) =>
    needs.some((name) => judged.facts[name]?.known !== true)
      ? { outcome: "passed", found: "mutated" }
      : judge(judged),
};
export const rule = (about) => {
  const right = rightRule(about);
  return about.name === ${JSON.stringify(rule)}
    ? { ...right, judge: wrong[${JSON.stringify(mutation)}](right.judge, right.needs) }
    : right;
};
`
      : undefined,
};

export default defineConfig({
  plugins: [wrongRule],
  test: {
    include: ["test/policies/**/*.test.ts"],
    // One test that notices is enough.
    bail: 1,
    testTimeout: 120_000,
    reporters: ["dot"],
  },
});
