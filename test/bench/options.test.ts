import { expect, test } from "vitest";
import { benchOptions } from "../../bench/options.ts";

test("everything is measured unless one section is asked for", () => {
  expect(benchOptions([])).toEqual({ only: undefined, json: false, rollbacks: 3 });
  expect(benchOptions(["--only", "rollback", "--rollbacks", "10", "--json"])).toEqual({
    only: "rollback",
    json: true,
    rollbacks: 10,
  });
});

test.for([
  { given: ["--only", "gates"], says: '--only is "gates", expected stage, engine, traffic' },
  { given: ["--rollbacks", "0"], says: '--rollbacks is "0", expected a whole number' },
  { given: ["--rollbacks", "two"], says: '--rollbacks is "two", expected a whole number' },
  { given: ["--fast"], says: "expected --only stage|engine|traffic|rollback" },
])("$given is refused in one line", ({ given, says }) => {
  expect(() => benchOptions(given)).toThrow(says);
});
