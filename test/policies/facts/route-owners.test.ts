import { expect, test } from "vitest";
import { foreignOwners } from "../../../policies/facts/route-owners.ts";

const spec = { "f:spec": { "f:http": {} } };
const entry = (manager: string, fieldsV1: Record<string, unknown> = spec) => ({
  manager,
  operation: "Apply",
  fieldsV1,
});

test("one Pulumi stack, and people with kubectl, are no other owners", () =>
  expect(
    foreignOwners({
      labels: { "app.kubernetes.io/managed-by": "pulumi" },
      managedFields: [entry("pulumi-kubernetes-1a2b3c4d"), entry("kubectl-edit")],
    }),
  ).toEqual([]));

test.each([
  [{ annotations: { "argocd.argoproj.io/tracking-id": "lms:x" } }, /^Argo CD \(argocd/],
  [{ labels: { "kustomize.toolkit.fluxcd.io/name": "apps" } }, /^Flux/],
  [{ annotations: { "meta.helm.sh/release-name": "lms" } }, /^Helm/],
  [{ labels: { "app.kubernetes.io/managed-by": "flagger" } }, /^flagger \(managed-by\)/],
  [{ ownerReferences: [{ kind: "Canary", name: "lms" }] }, /^Canary lms$/],
  [{ managedFields: [entry("rollouts-controller")] }, /^field manager rollouts-controller$/],
  [
    { managedFields: [entry("pulumi-kubernetes-aaaa"), entry("pulumi-kubernetes-bbbb")] },
    /^2 Pulumi resources/,
  ],
])("%j: managed elsewhere as well", (metadata, owner) => {
  const owners = foreignOwners(metadata);
  expect(owners).toHaveLength(1);
  expect(owners[0]).toMatch(owner);
});

test("a controller that writes the status alone is no owner", () =>
  expect(foreignOwners({ managedFields: [entry("istiod", { "f:status": {} })] })).toEqual([]));
