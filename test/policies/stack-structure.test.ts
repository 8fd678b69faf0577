import type { PolicyResource } from "@pulumi/policy";
import { unknownCheckingProxy } from "./unknown-checking-proxy.ts";
import { expect, test } from "vitest";
import { stackStructure } from "../../policies/stack-structure.ts";
import { cutoverArgs, cutoverProps, cutoverUrn, unknownText } from "./cutover-component.ts";

const resource = (
  type: string,
  props: Record<string, unknown>,
  parent?: PolicyResource,
  ignoreChanges: string[] = [],
): PolicyResource => ({
  type,
  props: unknownCheckingProxy(props),
  urn: `${cutoverUrn}-${type}`,
  name: "it",
  opts: { ...cutoverArgs({}).opts, ignoreChanges },
  dependencies: [],
  propertyDependencies: {},
  isType: () => false,
  asType: () => undefined,
  ...(parent !== undefined && { parent }),
});
const cutover = (from: string, to: string, ignoreChanges: string[] = []) =>
  resource("cutover:index:Cutover", cutoverProps(from, to), undefined, ignoreChanges);
const route = (parent: PolicyResource | undefined, blue: unknown, green: unknown) =>
  resource(
    "kubernetes:networking.istio.io/v1:VirtualService",
    {
      spec: {
        http: [
          {
            route: [
              { destination: { host: "lms-blue" }, weight: blue },
              { destination: { host: "lms-green" }, weight: green },
            ],
          },
        ],
      },
    },
    parent,
  );
const reported = async (...resources: PolicyResource[]): Promise<string[]> => {
  const messages: string[] = [];
  await stackStructure.validateStack(
    {
      resources,
      stackTags: new Map(),
      getConfig: () => ({}) as never,
      notApplicable: () => {
        throw new Error("not applicable");
      },
    },
    (message) => messages.push(message),
  );
  return messages;
};

test("S1-2: the traffic resource carries what the gates judged, each side its own", async () => {
  const judged = cutover("baseline", "canary");
  const split = resource("cutover:traffic:MeshSplit", {}, judged);
  expect(await reported(judged, split, route(split, 90, 10))).toEqual([]);
  for (const [blue, green] of [
    [50, 50],
    [10, 90],
  ] as const) {
    expect(await reported(judged, split, route(split, blue, green))).toEqual([
      `refused: it carries blue ${blue}, green ${green}; the gates judged blue 90, green 10.`,
    ]);
  }
});

test("of two weighted records each is held against its own side", async () => {
  const judged = cutover("baseline", "canary");
  const record = (setIdentifier: string, weight: number) =>
    resource(
      "aws:route53/record:Record",
      { setIdentifier, weightedRoutingPolicies: [{ weight }] },
      judged,
    );
  const pair = [record("lms-blue", 90), record("lms-green", 10)];
  expect(await reported(judged, ...pair)).toEqual([]);
  expect(await reported(judged, record("lms-green", 50))).toEqual([
    "refused: it carries blue 90, green 50; the gates judged blue 90, green 10.",
  ]);
  expect(await reported(judged, record("other", 50))).toEqual([
    "refused: it carries other, which is neither lms-blue nor lms-green.",
  ]);
});

test("a route by a header that is not the testers' must carry the weights of all requests", async () => {
  const judged = cutover("baseline", "canary");
  const all = { destination: { host: "lms-green" }, weight: 100 };
  const own = resource(
    "kubernetes:networking.istio.io/v1:VirtualService",
    { spec: { http: [{ match: [{ headers: { "x-any": { exact: "1" } } }], route: [all] }] } },
    judged,
  );
  expect(await reported(judged, own)).toHaveLength(1);
});

test("traffic under no Cutover is refused", async () =>
  expect(await reported(route(undefined, 90, 10))).toEqual([
    "refused: this VirtualService stands under no Cutover.",
  ]));

test("what a preview does not know the update finds out", async () => {
  const judged = cutover("baseline", "canary");
  expect(await reported(judged, route(judged, unknownText, unknownText))).toEqual([]);
});

test("S1-3: it says nothing while any system of the stack is rolled back", async () => {
  const judged = cutover("baseline", "canary");
  expect(await reported(cutover("half", "baseline"), judged, route(judged, 0, 100))).toEqual([]);
  // A rollback that the ledger holds is over.
  const over = cutover("half", "baseline", ["recorded"]);
  expect(await reported(over, judged, route(judged, 0, 100))).toHaveLength(1);
});
