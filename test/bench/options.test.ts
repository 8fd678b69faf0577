import { expect, test } from "vitest";
import { benchOptions } from "../../bench/options.ts";

test("everything is measured unless one section is asked for", () => {
  expect(benchOptions([])).toEqual({
    only: undefined,
    json: false,
    engine: "embedded",
    rollbacks: 3,
  });
  expect(
    benchOptions(["--only", "rollback", "--rollbacks", "10", "--engine", "pulumi", "--json"]),
  ).toEqual({
    only: "rollback",
    json: true,
    engine: "pulumi",
    rollbacks: 10,
  });
});

test.for([
  { given: ["--only", "gates"], says: '--only is "gates", expected stage, engine, traffic' },
  { given: ["--rollbacks", "0"], says: '--rollbacks is "0", expected a whole number' },
  {
    given: ["--engine", "terraform"],
    says: '--engine is "terraform", expected embedded or pulumi',
  },
  { given: ["--rollbacks", "two"], says: '--rollbacks is "two", expected a whole number' },
  { given: ["--fast"], says: "expected --only stage|engine|traffic|rollback" },
])("$given is refused in one line", ({ given, says }) => {
  expect(() => benchOptions(given)).toThrow(says);
});
