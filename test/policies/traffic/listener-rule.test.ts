import { describe, expect, test } from "vitest";
import { listenerRule } from "../../../policies/traffic/listener-rule.ts";
import { unknownText } from "../cutover-component.ts";
import { unknownCheckingProxy } from "../unknown-checking-proxy.ts";

const arn = (name: string) =>
  `arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/${name}/0123456789abcdef`;
const group = (name: string, weight?: unknown) => ({
  arn: arn(name),
  ...(weight !== undefined && { weight }),
});
const forward = (...targetGroups: object[]) => ({ type: "forward", forward: { targetGroups } });
const host = { hostHeader: { values: ["lms.company.com"] } };
const props = (action: object, ...conditions: object[]) => ({
  actions: [action],
  conditions: [host, ...conditions],
});
const read = (inputs: Record<string, unknown>) =>
  listenerRule
    .weightsIn(unknownCheckingProxy(inputs))
    ?.map(({ destinations, sum, readable, unnamed }) => ({
      weights: Object.fromEntries(destinations),
      ...{ sum, readable, unnamed },
    }));
const named = { readable: true, unnamed: false };

describe("the weights in a listener rule's inputs", () => {
  test.for([
    [
      "both sides, by the names of their target groups",
      props(forward(group("lms-blue", 90), group("lms-green", 10))),
      [{ weights: { "lms-blue": 90, "lms-green": 10 }, sum: 100, ...named }],
    ],
    [
      "a target group that stands alone has everything",
      props(forward(group("lms-green"))),
      [{ weights: { "lms-green": 100 }, sum: 100, ...named }],
    ],
    [
      "one that stands in the action itself too",
      props({ type: "forward", targetGroupArn: arn("lms-green") }),
      [{ weights: { "lms-green": 100 }, sum: 100, ...named }],
    ],
    [
      "an action as the provider gives it back, with an empty text for what it is not",
      props({ ...forward(group("lms-blue", 100), group("lms-green", 0)), targetGroupArn: "" }),
      [{ weights: { "lms-blue": 100, "lms-green": 0 }, sum: 100, ...named }],
    ],
    [
      "groups without weights have 1 each, which are no percent",
      props(forward(group("lms-blue"), group("lms-green"))),
      [{ weights: { "lms-blue": 1, "lms-green": 1 }, sum: 2, ...named }],
    ],
    [
      "a name in place of an ARN",
      props(forward({ arn: "lms-blue", weight: 90 }, group("lms-green", 10))),
      [{ weights: {}, sum: NaN, readable: false, unnamed: false }],
    ],
    [
      "a weight that nobody knows yet",
      props(forward(group("lms-blue", unknownText), group("lms-green", 10))),
      [{ weights: {}, sum: NaN, readable: false, unnamed: false }],
    ],
  ] as const)("%s", ([, inputs, expected]) => {
    expect(read(inputs)).toEqual(expected);
  });

  test("groups that are yet to be created have weights, and no names before that", () =>
    expect(
      read(props(forward({ arn: unknownText, weight: 100 }, { arn: unknownText, weight: 0 }))),
    ).toEqual([
      {
        weights: { "target group 1": 100, "target group 2": 0 },
        ...{ sum: 100, readable: true, unnamed: true },
      },
    ]));

  test("a rule that only redirects splits nothing", () =>
    expect(listenerRule.weightsIn(props({ type: "redirect" }))).toBeUndefined());

  test.for([undefined, {}, { actions: "forward" }, { actions: [{ type: "forward" }] }])(
    "what is malformed is not readable: %j",
    (inputs) => {
      expect(listenerRule.weightsIn(inputs)).toEqual([
        expect.objectContaining({ readable: false }),
      ]);
    },
  );
});

describe("the header that a rule asks for", () => {
  const header = (name: string, ...values: string[]) => ({
    httpHeader: { httpHeaderName: name, values },
  });
  const of = (...conditions: object[]) =>
    listenerRule.weightsIn(props(forward(group("lms-green", 100)), ...conditions))?.[0]?.header;

  test("is one header beside the host, whatever empty fields the provider gives back", () => {
    expect(of(header("x-tester", "yes"))).toEqual({ name: "x-tester", value: "yes" });
    expect(of({ ...header("x-tester", "yes"), pathPattern: null, queryStrings: [] })).toEqual({
      name: "x-tester",
      value: "yes",
    });
  });

  test.for([
    ["no condition beside the host", []],
    ["one of several values", [header("x-tester", "yes", "no")]],
    ["a path", [{ pathPattern: { values: ["/beta"] } }]],
    ["a header and a path", [header("x-tester", "yes"), { pathPattern: { values: ["/beta"] } }]],
  ] as const)("is none where it is %s", ([, conditions]) => {
    expect(of(...conditions)).toBeUndefined();
  });
});
