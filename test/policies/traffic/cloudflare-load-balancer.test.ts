import { expect, test } from "vitest";
import { cloudflareLoadBalancer } from "../../../policies/traffic/cloudflare-load-balancer.ts";
import { unknownText } from "../cutover-component.ts";
import { unknownCheckingProxy } from "../unknown-checking-proxy.ts";

const balancer = (poolWeights: unknown, more: object = {}) => ({
  defaultPools: ["a", "b"],
  fallbackPool: "a",
  steeringPolicy: "random",
  randomSteering: { defaultWeight: 0, poolWeights },
  ...more,
});

const weightsIn = (props: object) => cloudflareLoadBalancer.weightsIn(unknownCheckingProxy(props));

test("the pool that everything falls back to is blue, and weights are percent", () => {
  expect(weightsIn(balancer({ a: 0.93, b: 0.07 }))).toMatchObject([
    {
      destinations: new Map([
        ["blue", 93],
        ["green", 7],
      ]),
      sum: 100,
      readable: true,
    },
  ]);
});

test("a further pool counts as green", () => {
  const props = balancer({ a: 0.9, b: 0.1, c: 0.2 }, { defaultPools: ["a", "b", "c"] });
  expect(weightsIn(props)).toMatchObject([{ sum: 120 }]);
});

test("what the provider fills in and holds nothing overrules nothing", () => {
  const filled = { rules: [], popPools: {}, countryPools: {}, regionPools: {} };
  expect(weightsIn(balancer({ a: 1, b: 0 }, filled))).toMatchObject([{ readable: true }]);
});

test("pools that are yet to be made have no ids to weigh in a preview, which is said", () => {
  expect(weightsIn(balancer(unknownText))).toMatchObject([{ readable: false, notYet: true }]);
  const pools = { defaultPools: [unknownText, unknownText], fallbackPool: unknownText };
  expect(weightsIn(balancer(unknownText, pools))).toMatchObject([
    { readable: false, notYet: true },
  ]);
});

test.for([
  ["a pool without a weight", balancer({ a: 1 })],
  ["a weight that is no number", balancer({ a: "1", b: 0 })],
  ["no weights", balancer(undefined)],
  ["no pools", balancer({ a: 1 }, { defaultPools: undefined })],
  ["another steering", balancer({ a: 1, b: 0 }, { steeringPolicy: "off" })],
  ["a rule", balancer({ a: 1, b: 0 }, { rules: [{ name: "elsewhere" }] })],
  ["pools of a region", balancer({ a: 1, b: 0 }, { regionPools: { WEU: ["b"] } })],
] as const)("%s cannot be read, and nothing is thrown", ([, props]) => {
  const found = weightsIn(props);
  expect(found?.map(({ readable, notYet }) => [readable, notYet])).toEqual([[false, undefined]]);
});
