import * as pulumi from "@pulumi/pulumi";
import { beforeAll, expect, test } from "vitest";

interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
const declared: Declared[] = [];
const account = "arn:aws:elasticloadbalancing:eu-central-1:111122223333";

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        declared.push({ type, name, inputs: inputs as Record<string, unknown> });
        const arn = `arn:aws:x:::${name}`;
        return { id: `${name}-id`, state: { ...(inputs as object), arn, name, bucket: name } };
      },
      call: () => ({ arn: "arn:aws:eks:::cluster/production" }),
    },
    "cutover-access",
    "company",
    false,
  );
  pulumi.runtime.setAllConfig({
    "cutover-access:repository": "company/cutovers",
    "cutover-access:stacks": '["prod"]',
    "cutover-access:cluster": "production",
    "cutover-access:namespaces": '["production"]',
    "cutover-access:sharedNamespaces": '["istio-system"]',
    "cutover-access:cloudWatchFigures": "true",
    "cutover-access:names": '[{"zoneId":"Z1","name":"lms.company.com"}]',
    "cutover-access:leadingNames": '[{"zoneId":"Z2","name":"www.company.com"}]',
    "cutover-access:listeners": `[{"listener":"${account}:listener/app/public/1/2","targetGroups":["lms-blue","lms-green"]}]`,
  });
  const { access } = await import("../../access/access.ts");
  access();
  await pulumi.runtime.disconnect();
});

const ofType = (type: string): readonly Declared[] =>
  declared.filter((resource) => resource.type === type);

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}
const statementsOf = ({ inputs }: Declared, key: string): readonly Statement[] =>
  (JSON.parse(String(inputs[key])) as { readonly Statement: readonly Statement[] }).Statement;

test("no right is granted on everything, and none to do everything", () => {
  for (const policy of ofType("aws:iam/rolePolicy:RolePolicy")) {
    for (const { Action, Resource } of statementsOf(policy, "policy")) {
      expect([Action].flat()).not.toContain("*");
      expect([Action].flat().filter((action) => action.endsWith(":*"))).toEqual([]);
      // Elastic Load Balancing and CloudWatch know no narrower right to look.
      const looks = [Action]
        .flat()
        .every((each) => /^elasticloadbalancing:Describe|^cloudwatch:GetMetricData$/.test(each));
      if (!looks) expect([Resource].flat()).not.toContain("*");
    }
  }
});

const rightsOf = (what: string): readonly Statement[] =>
  ofType("aws:iam/rolePolicy:RolePolicy")
    .filter(({ name }) => name.includes(`-${what}-`))
    .flatMap((policy) => statementsOf(policy, "policy"));

test("the role that looks writes neither state nor secrets nor records", () => {
  expect(rightsOf("look").flatMap((one) => one.Action)).toEqual([
    ...["s3:ListBucket", "s3:GetObject", "kms:Decrypt", "eks:DescribeCluster"],
    ...["route53:GetHostedZone", "route53:ListResourceRecordSets"],
    ...["route53:GetHostedZone", "route53:ListResourceRecordSets"],
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetHealth",
    "elasticloadbalancing:DescribeTags",
    "cloudwatch:GetMetricData",
  ]);
});

test("of a load balancer only rules of the listener and both target groups may be changed, and nothing deleted", () => {
  const groups = ["lms-blue", "lms-green"].map((name) => `${account}:targetgroup/${name}/*`);
  const rules = `${account}:listener-rule/app/public/1/2/*`;
  const changing = rightsOf("update").filter(({ Action }) =>
    [Action].flat().some((each) => /^elasticloadbalancing:(?!Describe)/.test(each)),
  );
  expect(changing.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [["elasticloadbalancing:CreateRule"], `${account}:listener/app/public/1/2`],
    [["elasticloadbalancing:ModifyRule"], rules],
    [
      [
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
      ],
      groups,
    ],
    [
      ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"],
      [rules, ...groups],
    ],
  ]);
});

test("of a zone only the split name and its mark, or the name that leads on, may be changed, and nothing deleted", () => {
  const changing = rightsOf("update").filter(({ Action }) =>
    Action.includes("route53:ChangeResourceRecordSets"),
  );
  const change = (zone: string, names: readonly string[], types: readonly string[]) => ({
    Effect: "Allow",
    Action: ["route53:ChangeResourceRecordSets"],
    Resource: `arn:aws:route53:::hostedzone/${zone}`,
    Condition: {
      "ForAllValues:StringEquals": {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
        "route53:ChangeResourceRecordSetsRecordTypes": types,
        "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"],
      },
    },
  });
  expect(changing).toEqual([
    change("Z1", ["lms.company.com", "_cutover.lms.company.com"], ["A", "TXT"]),
    change("Z2", ["www.company.com"], ["CNAME"]),
  ]);
  expect(rightsOf("update").flatMap(({ Action }) => Action)).toContain("route53:GetChange");
});

test("each role can be taken from one protected environment only", () => {
  const subjects = ofType("aws:iam/role:Role").map((role) => {
    const [statement] = statementsOf(role, "assumeRolePolicy");
    return JSON.stringify(statement?.Condition);
  });
  expect(subjects).toHaveLength(2);
  expect(subjects[0]).toContain('"repo:company/cutovers:environment:preview-prod"');
  expect(subjects[1]).toContain('"repo:company/cutovers:environment:prod"');
});

test("the state is kept in every version, encrypted, and closed to the public", () => {
  expect(ofType("aws:s3/bucketVersioning:BucketVersioning")[0]?.inputs).toMatchObject({
    versioningConfiguration: { status: "Enabled" },
  });
  expect(ofType("aws:kms/key:Key")[0]?.inputs).toMatchObject({ enableKeyRotation: true });
  expect(ofType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")[0]?.inputs).toMatchObject(
    {
      blockPublicAcls: true,
      restrictPublicBuckets: true,
    },
  );
});

const namespaceOf = (inputs: Declared["inputs"]): unknown =>
  (inputs["metadata"] as { readonly namespace?: unknown }).namespace;

test("S1-39: where the cluster's own parts run, both groups read Deployments, and nothing else", () => {
  const there = declared.filter(
    ({ inputs }) => namespaceOf({ metadata: {}, ...inputs }) === "istio-system",
  );
  const roles = there.filter(({ type }) => type.endsWith(":Role"));
  expect(roles.map(({ inputs }) => inputs["rules"])).toEqual(
    Array(2).fill([{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }]),
  );
  const bound = there.filter(({ type }) => type.endsWith(":RoleBinding"));
  expect(bound.map(({ inputs }) => inputs["subjects"])).toMatchObject([
    [{ kind: "Group", name: "cutover-look" }],
    [{ kind: "Group", name: "cutover-update" }],
  ]);
});

test("in the cluster nobody reads a Secret or deletes what serves, and who looks writes nothing", () => {
  const roles = ofType("kubernetes:rbac.authorization.k8s.io/v1:Role").filter(
    ({ inputs }) => namespaceOf(inputs) === "production",
  );
  expect(roles).toHaveLength(3);
  for (const { name, inputs } of roles) {
    const rules = inputs["rules"] as readonly {
      readonly resources: readonly string[];
      readonly verbs: readonly string[];
    }[];
    expect(rules.flatMap(({ resources }) => resources)).not.toContain("secrets");
    const verbs = new Set(rules.flatMap((rule) => rule.verbs));
    for (const rule of rules.filter((one) => one.verbs.includes("delete"))) {
      expect(rule.resources).toEqual(["jobs"]);
    }
    expect(verbs.has("*")).toBe(false);
    if (!name.endsWith("-update")) expect([...verbs]).toEqual(["get", "list", "watch"]);
  }
});

test("pods may follow a freeze of writes, and nothing else", () => {
  const named = (type: string) =>
    ofType(`kubernetes:rbac.authorization.k8s.io/v1:${type}`).find(({ name }) =>
      /-freeze(-binding)?$/.test(name),
    )?.inputs;
  expect(named("Role")?.["rules"]).toEqual([
    {
      apiGroups: ["coordination.k8s.io"],
      resources: ["leases"],
      verbs: ["get", "list", "watch"],
    },
  ]);
  expect(named("RoleBinding")?.["subjects"]).toMatchObject([
    { kind: "Group", name: "system:serviceaccounts:production" },
  ]);
});
