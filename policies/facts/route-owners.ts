import { z } from "zod";

/** What an object's metadata says of those who write it. */
export const ownedMetadata = z.object({
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
  ownerReferences: z.array(z.object({ kind: z.string(), name: z.string() })).nullish(),
  managedFields: z
    .array(
      z.object({
        manager: z.string().nullish(),
        operation: z.string().nullish(),
        fieldsV1: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});

/** Labels, annotations and tags that tools put on what they manage, with the tool's name. */
const marks: readonly (readonly [key: string, tool: string])[] = [
  ["argocd.argoproj.io/tracking-id", "Argo CD"],
  ["argocd.argoproj.io/instance", "Argo CD"],
  ["kustomize.toolkit.fluxcd.io/name", "Flux"],
  ["helm.toolkit.fluxcd.io/name", "Flux"],
  ["meta.helm.sh/release-name", "Helm"],
  ["aws:cloudformation:stack-name", "CloudFormation"],
  ["elbv2.k8s.aws/cluster", "AWS Load Balancer Controller"],
];

/**
 * Whoever else keeps writing an object, in words; empty when nobody does. A person's kubectl is no such
 * owner: what it wrote once is found in the weights.
 */
export const foreignOwners = (metadata: z.infer<typeof ownedMetadata>): readonly string[] => {
  const marked = { ...metadata.labels, ...metadata.annotations };
  const owners = (metadata.ownerReferences ?? []).map(({ kind, name }) => `${kind} ${name}`);
  const tools = marks.flatMap(([key, tool]) =>
    marked[key] === undefined ? [] : `${tool} (${key}: ${marked[key]})`,
  );
  const manager = marked["app.kubernetes.io/managed-by"];
  const others = manager === undefined || manager === "pulumi" ? [] : [`${manager} (managed-by)`];
  return [...new Set([...owners, ...tools, ...others, ...writersOf(metadata)])];
};

/** Field managers of the spec, other than one Pulumi and people. */
const writersOf = ({ managedFields }: z.infer<typeof ownedMetadata>): readonly string[] => {
  const writers = (managedFields ?? []).flatMap(({ manager, fieldsV1 }) =>
    manager !== null && manager !== undefined && fieldsV1?.["f:spec"] !== undefined ? manager : [],
  );
  const stacks = new Set(writers.filter((writer) => writer.startsWith("pulumi-kubernetes")));
  const others = writers.filter(
    (writer) => !writer.startsWith("pulumi-kubernetes") && !writer.startsWith("kubectl"),
  );
  return [
    ...others.map((writer) => `field manager ${writer}`),
    ...(stacks.size > 1 ? [`${stacks.size} Pulumi resources (${[...stacks].join(", ")})`] : []),
  ];
};
