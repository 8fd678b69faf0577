import type { ResourceValidation } from "@pulumi/policy";
import { describe, expect, test } from "vitest";
import { trafficUnderCutover } from "../../policies/traffic-under-cutover.ts";
import { cutoverArgs, unknownText } from "./cutover-component.ts";

const type = "kubernetes:networking.istio.io/v1:VirtualService";
const parents = "cutover:index:System$cutover:index:Cutover$cutover:traffic:MeshSplit$";
const urn = (above: string) => `urn:pulumi:prod::cutover::${above}${type}::lms-split-route`;
const spec = (...weights: unknown[]) => ({
  spec: {
    http: [
      { route: weights.map((weight, index) => ({ destination: { host: `h${index}` }, weight })) },
    ],
  },
});

const reported = (props: Record<string, unknown>, above = parents, of = type): string[] => {
  const messages: string[] = [];
  const { validateResource } = trafficUnderCutover;
  void (validateResource as ResourceValidation)(
    cutoverArgs(props, { type: of, urn: urn(above) }),
    (message) => messages.push(message),
  );
  return messages;
};

test("traffic under a Cutover whose weights add up may be declared", () => {
  expect(reported(spec(90, 10))).toEqual([]);
  expect(reported(spec(100, 0))).toEqual([]);
  expect(reported(spec(undefined))).toEqual([]);
});

test("S1-2: traffic beside the ladder is refused", () => {
  for (const above of ["", "cutover:index:System$", "cutover:index:CutoverLike$"]) {
    expect(reported(spec(90, 10), above)).toEqual([
      "refused: this VirtualService stands under no Cutover, so no gate would stop it.",
    ]);
  }
});

describe("weights", () => {
  test.for([
    [[90, 9], "refused: the weights of a route add up to 99; expected 100."],
    [[0, 0], "refused: the weights of a route add up to 0; expected 100."],
    [[90, undefined], "refused: a weight of this VirtualService is not known; expected a number."],
    [
      [90, unknownText],
      "refused: a weight of this VirtualService is not known; expected a number.",
    ],
  ] as const)("%j", ([weights, message]) => expect(reported(spec(...weights))).toEqual([message]));
  test("a malformed or unknown specification is no weight", () => {
    for (const props of [
      {},
      { spec: unknownText },
      { spec: { http: {} } },
      { spec: { http: [{}] } },
    ]) {
      expect(reported(props)).toHaveLength(1);
    }
  });
});

test("one side's record holds its own weight alone, which need not be 100", () => {
  const record = "aws:route53/record:Record";
  const weighted = { setIdentifier: "green", weightedRoutingPolicies: [{ weight: 10 }] };
  expect(reported(weighted, parents, record)).toEqual([]);
  expect(reported(weighted, "", record)).toHaveLength(1);
  expect(reported({ type: "A", records: ["192.0.2.1"] }, "", record)).toEqual([]);
});

test("a load balancer whose pools are yet to be made is judged when they are", () => {
  const balancer = "cloudflare:index/loadBalancer:LoadBalancer";
  const steering = { defaultPools: ["a", "b"], fallbackPool: "a", steeringPolicy: "random" };
  const weighed = (poolWeights: unknown) => ({ ...steering, randomSteering: { poolWeights } });
  expect(reported(weighed(unknownText), parents, balancer)).toEqual([]);
  expect(reported(weighed({ a: 0.9, b: 0.1 }), parents, balancer)).toEqual([]);
  expect(reported(weighed({ a: 0.9, b: 0.2 }), parents, balancer)).toEqual([
    "refused: the weights of a route add up to 110; expected 100.",
  ]);
  expect(reported(weighed(unknownText), "", balancer)).toHaveLength(1);
});

test("other resources are not looked at", () =>
  expect(reported({}, "", "kubernetes:core/v1:Service")).toEqual([]));
