import { expect, test } from "vitest";
import { route53Record } from "../../../policies/traffic/route53-record.ts";
import { unknownCheckingProxy } from "../unknown-checking-proxy.ts";
import { unknownText } from "../cutover-component.ts";

const weighted = (weight: unknown, setIdentifier: unknown = "green") => ({
  type: "A",
  setIdentifier,
  weightedRoutingPolicies: [{ weight }],
});

test("a weighted record holds its own side's weight alone", () => {
  expect(route53Record.weightsIn(weighted(10))).toEqual([
    { destinations: new Map([["green", 10]]), sum: 10, oneSide: true, readable: true },
  ]);
});

test("a record without a weight splits no traffic", () => {
  expect(route53Record.weightsIn({ type: "A", records: ["192.0.2.1"] })).toBeUndefined();
});

test.for([
  ["an unknown weight", weighted(unknownText)],
  ["a weight that is no number", weighted("10")],
  ["an unknown side", weighted(10, unknownText)],
  ["no side", weighted(10, null)],
  ["unknown policies", { weightedRoutingPolicies: unknownText }],
  ["policies that are no list", { weightedRoutingPolicies: {} }],
] as const)("%s cannot be read, and nothing is thrown", ([, props]) => {
  const found = route53Record.weightsIn(unknownCheckingProxy(props));
  expect(found?.map(({ readable }) => readable)).toEqual([false]);
});
