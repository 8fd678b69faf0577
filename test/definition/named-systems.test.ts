import { expect, test } from "vitest";
import { configByNamespace, namedSystems } from "../../definition/named-systems.ts";

const file = "Pulumi.prod.yaml";

test("keys are kept by their namespace, whatever it is called", () => {
  const config = configByNamespace({
    "lms:trafficWeight": "10",
    "lms:__proto__": "1",
    "__proto__:trafficWeight": "50",
    "constructor:trafficWeight": "100",
    "aws:a:b": "c",
    trafficWeight: "0",
  });
  expect(Object.keys(config)).toEqual(["lms", "__proto__", "constructor", "aws", "cutover"]);
  expect(Object.keys(config["lms"] ?? {})).toEqual(["trafficWeight", "__proto__"]);
  expect(config["aws"]).toEqual({ "a:b": "c" });
  expect(config["cutover"]).toEqual({ trafficWeight: "0" });
  expect("toString" in config).toBe(false);
  expect(Object.prototype).not.toHaveProperty("trafficWeight");
  expect(Object).not.toHaveProperty("trafficWeight");
});

test("a system is part of a stack when its config names it; providers and people are no systems", () => {
  const namespaces = ["cutover", "kubernetes", "datadog", "lms", "lms-contacts", "lsm-contacts"];
  expect(namedSystems(namespaces, file)).toEqual(["lms", "lsm-contacts"]);
});

test("a stack without a system is refused", () => {
  expect(() => namedSystems(["cutover", "lms-contacts"], file)).toThrow(
    /^Pulumi\.prod\.yaml: no system, expected a value for at least one of lms/,
  );
});
