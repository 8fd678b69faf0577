import { AccessEntry } from "@pulumi/aws/eks/accessEntry.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import * as pulumi from "@pulumi/pulumi";
import { listenerRights, type SplitListener } from "./listener-rights.ts";
import { recordRights, type WrittenNames } from "./record-rights.ts";

export interface StackRolesArgs {
  readonly stack: string;
  /** OWNER/NAME of the repository whose workflows may take the roles. */
  readonly repository: string;
  /** ARN of the identity provider of the repository's workflows. */
  readonly identityProvider: pulumi.Input<string>;
  readonly bucketArn: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
  readonly cluster: { readonly name: string; readonly arn: pulumi.Input<string> };
  /** Names in Route 53 whose records updates write. */
  readonly names: WrittenNames;
  /** Listeners whose rules split traffic. */
  readonly listeners: readonly SplitListener[];
  /** Whether gates read figures of CloudWatch. */
  readonly cloudWatchFigures: boolean;
}

/** Kubernetes groups that the roles are in; `ClusterAccess` says what they may do. */
export const groups = { look: "cutover-look", update: "cutover-update" } as const;

/** Host that signs the workflows' tokens. */
export const tokenIssuer = "token.actions.githubusercontent.com";

/**
 * Two roles of one stack: one that may look, for previews and the nightly check, and one that may update.
 * Each can be taken from one protected environment of the repository only.
 */
export class StackRoles extends pulumi.ComponentResource {
  /** ARN for the variable `PREVIEW_ROLE` of environment `preview-STACK`. */
  readonly look: pulumi.Output<string>;
  /** ARN for the variable `UP_ROLE` of environment `STACK`. */
  readonly update: pulumi.Output<string>;

  constructor(name: string, args: StackRolesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:access:StackRoles", name, {}, opts);
    const role = (
      what: keyof typeof groups,
      environment: string,
      actions: { readonly objects: readonly string[]; readonly key: readonly string[] },
    ): pulumi.Output<string> => {
      const { arn, name: roleName } = new Role(
        `${name}-${what}`,
        {
          assumeRolePolicy: trustIn(args, environment),
          // Longer than the longest update, shorter than a night.
          maxSessionDuration: 2 * 3_600,
        },
        { parent: this },
      );
      new RolePolicy(
        `${name}-${what}-rights`,
        { role: roleName, policy: rightsOf(args, what, actions) },
        { parent: this },
      );
      new AccessEntry(
        `${name}-${what}-cluster`,
        { clusterName: args.cluster.name, principalArn: arn, kubernetesGroups: [groups[what]] },
        { parent: this },
      );
      return arn;
    };
    this.look = role("look", `preview-${args.stack}`, {
      objects: ["s3:GetObject"],
      key: ["kms:Decrypt"],
    });
    this.update = role("update", args.stack, {
      objects: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      key: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
    });
    this.registerOutputs({ look: this.look, update: this.update });
  }
}

const trustIn = (
  { repository, identityProvider }: StackRolesArgs,
  environment: string,
): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: identityProvider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${tokenIssuer}:aud`]: "sts.amazonaws.com",
            [`${tokenIssuer}:sub`]: `repo:${repository}:environment:${environment}`,
          },
        },
      },
    ],
  });

const rightsOf = (
  { bucketArn, keyArn, cluster, names, listeners, cloudWatchFigures }: StackRolesArgs,
  what: keyof typeof groups,
  { objects, key }: { readonly objects: readonly string[]; readonly key: readonly string[] },
): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:ListBucket"], Resource: bucketArn },
      { Effect: "Allow", Action: objects, Resource: pulumi.interpolate`${bucketArn}/.pulumi/*` },
      { Effect: "Allow", Action: key, Resource: keyArn },
      { Effect: "Allow", Action: ["eks:DescribeCluster"], Resource: cluster.arn },
      ...recordRights(names, what),
      ...listenerRights(listeners, what),
      // It can be granted on no metric alone.
      ...(cloudWatchFigures
        ? [{ Effect: "Allow", Action: ["cloudwatch:GetMetricData"], Resource: "*" }]
        : []),
    ],
  });
