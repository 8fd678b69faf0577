import { getClusterOutput } from "@pulumi/aws/eks/getCluster.js";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider.js";
import * as pulumi from "@pulumi/pulumi";
import { ClusterAccess, SharedNamespaceAccess } from "./cluster-access.ts";
import type { SplitListener } from "./listener-rights.ts";
import type { ZoneName } from "./record-rights.ts";
import { StackRoles, tokenIssuer } from "./stack-roles.ts";
import { StateStore } from "./state-store.ts";

/** Everything that a repository's workflows need to preview and update, and nothing more. */
export const access = (): Record<string, pulumi.Output<unknown>> => {
  const config = new pulumi.Config();
  const repository = config.require("repository");
  const cluster = config.require("cluster");
  const stacks = config.requireObject<readonly string[]>("stacks");
  const namespaces = config.requireObject<readonly string[]>("namespaces");
  const shared = config.getObject<readonly string[]>("sharedNamespaces") ?? [];
  const names = {
    split: config.getObject<readonly ZoneName[]>("names") ?? [],
    leading: config.getObject<readonly ZoneName[]>("leadingNames") ?? [],
  };
  const listeners = config.getObject<readonly SplitListener[]>("listeners") ?? [];
  const cloudWatchFigures = config.getBoolean("cloudWatchFigures") ?? false;

  const store = new StateStore("state");
  const identityProvider = new OpenIdConnectProvider("workflows", {
    url: `https://${tokenIssuer}`,
    clientIdLists: ["sts.amazonaws.com"],
  }).arn;
  const { arn } = getClusterOutput({ name: cluster });
  for (const namespace of namespaces) new ClusterAccess(namespace, { namespace });
  for (const namespace of shared) new SharedNamespaceAccess(namespace, { namespace });
  const roles = stacks.map((stack) => {
    const { look, update } = new StackRoles(stack, {
      stack,
      repository,
      identityProvider,
      bucketArn: store.bucketArn,
      keyArn: store.keyArn,
      cluster: { name: cluster, arn },
      names,
      listeners,
      cloudWatchFigures,
    });
    return [stack, { look, update }] as const;
  });
  return {
    backendUrl: pulumi.interpolate`s3://${store.bucket}`,
    secretsProvider: pulumi.interpolate`awskms:///${store.keyArn}`,
    roles: pulumi.output(Object.fromEntries(roles)),
  };
};
