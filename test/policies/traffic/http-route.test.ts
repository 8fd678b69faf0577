import { describe, expect, test } from "vitest";
import { httpRoute } from "../../../policies/traffic/http-route.ts";
import { unknownCheckingProxy } from "../unknown-checking-proxy.ts";
import { unknownText } from "../cutover-component.ts";

const backend = (name: string, weight?: unknown) => ({
  name,
  port: 8000,
  ...(weight !== undefined && { weight }),
});
const props = (...rules: unknown[][]) => ({
  spec: { rules: rules.map((backendRefs) => ({ backendRefs })) },
});
const read = (inputs: Record<string, unknown>) =>
  httpRoute.weightsIn(unknownCheckingProxy(inputs))?.map(({ destinations, sum, readable }) => ({
    weights: Object.fromEntries(destinations),
    sum,
    readable,
  }));

describe("the weights in an HTTPRoute's inputs", () => {
  test.for([
    [
      "both sides",
      props([backend("lms-blue", 90), backend("lms-green", 10)]),
      [{ weights: { "lms-blue": 90, "lms-green": 10 }, sum: 100, readable: true }],
    ],
    [
      "a backend that stands alone without a weight has everything",
      props([backend("lms-blue")]),
      [{ weights: { "lms-blue": 100 }, sum: 100, readable: true }],
    ],
    [
      "a backend that stands alone at weight 0 has nothing",
      props([backend("lms-blue", 0)]),
      [{ weights: { "lms-blue": 0 }, sum: 0, readable: true }],
    ],
    [
      "backends without weights have 1 each, which are no percent",
      props([backend("lms-blue"), backend("lms-green")]),
      [{ weights: { "lms-blue": 1, "lms-green": 1 }, sum: 2, readable: true }],
    ],
  ] as const)("%s", ([, inputs, weights]) => expect(read(inputs)).toEqual(weights));

  test("a rule that asks for one header says which", () => {
    const headers = [{ name: "x-tester", value: "yes" }];
    const rule = { matches: [{ headers }], backendRefs: [backend("lms-green", 100)] };
    const [found] = httpRoute.weightsIn(unknownCheckingProxy({ spec: { rules: [rule] } })) ?? [];
    expect(found).toMatchObject({ header: headers[0], sum: 100, readable: true });
    const unread = { ...rule, matches: unknownText };
    expect(httpRoute.weightsIn(unknownCheckingProxy({ spec: { rules: [unread] } }))).toMatchObject([
      { readable: false },
    ]);
  });

  test.for([
    ["nothing", {}],
    ["an unknown specification", { spec: unknownText }],
    ["an unknown weight", props([backend("lms-blue", unknownText), backend("lms-green", 10)])],
    ["a weight that is none", props([backend("lms-blue", "90")])],
    ["a rule without backends", { spec: { rules: [{}] } }],
  ] as const)("%s is not readable", ([, inputs]) =>
    expect(read(inputs)?.map(({ readable }) => readable)).toEqual([false]),
  );
});
