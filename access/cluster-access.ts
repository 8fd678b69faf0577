import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import * as pulumi from "@pulumi/pulumi";
import { groups } from "./stack-roles.ts";

/** By which the writes of a system are frozen; see definition/freeze.ts. */
const freezes = { apiGroups: ["coordination.k8s.io"], resources: ["leases"] };

/** What the program declares. */
const declared = [
  { apiGroups: ["apps"], resources: ["deployments"] },
  { apiGroups: [""], resources: ["services", "serviceaccounts"] },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"] },
  { apiGroups: ["autoscaling"], resources: ["horizontalpodautoscalers"] },
  { apiGroups: ["networking.istio.io"], resources: ["virtualservices", "destinationrules"] },
  { apiGroups: ["gateway.networking.k8s.io"], resources: ["httproutes"] },
  { apiGroups: ["elbv2.k8s.aws"], resources: ["targetgroupbindings"] },
  freezes,
];

/** What the provider looks at while it waits for a rollout, and why one fails. */
const watched = [
  { apiGroups: ["apps"], resources: ["replicasets"] },
  { apiGroups: [""], resources: ["pods", "pods/log", "events", "endpoints"] },
  { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"] },
];

const look = ["get", "list", "watch"];
// No delete: what serves is taken away by a person.
const change = [...look, "create", "update", "patch"];
// A migration of another revision takes the place of the finished one.
const jobs = { apiGroups: ["batch"], resources: ["jobs"] };

/**
 * What the two groups may do in a system's namespace, and that its pods may follow a freeze. Neither group reads a
 * Secret: the pods get the connection string, and nobody else.
 */
export class ClusterAccess extends pulumi.ComponentResource {
  constructor(
    name: string,
    { namespace }: { readonly namespace: string },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:access:ClusterAccess", name, {}, opts);
    const rights = {
      look: [...declared, ...watched, jobs].map((rule) => ({ ...rule, verbs: look })),
      update: [
        ...declared.map((rule) => ({ ...rule, verbs: change })),
        ...watched.map((rule) => ({ ...rule, verbs: look })),
        { ...jobs, verbs: [...change, "delete"] },
      ],
    };
    for (const what of ["look", "update"] as const) {
      const group = groups[what];
      grant(this, `${name}-${what}`, { namespace, roleName: group, group, rules: rights[what] });
    }
    grant(this, `${name}-freeze`, {
      namespace,
      roleName: "cutover-freeze-followers",
      // Whoever serves there follows it.
      group: `system:serviceaccounts:${namespace}`,
      rules: [{ ...freezes, verbs: look }],
    });
    this.registerOutputs({});
  }
}

/**
 * That both groups may read the Deployments of a namespace in which the cluster's own parts run: readiness asks whether
 * they stand whole.
 */
export class SharedNamespaceAccess extends pulumi.ComponentResource {
  constructor(
    name: string,
    { namespace }: { readonly namespace: string },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("cutover:access:SharedNamespaceAccess", name, {}, opts);
    const rules = [{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] }];
    for (const [what, group] of Object.entries(groups)) {
      grant(this, `${name}-${what}-reads`, { namespace, roleName: group, group, rules });
    }
    this.registerOutputs({});
  }
}

/** Lets a group do something in a namespace. */
const grant = (
  parent: pulumi.Resource,
  name: string,
  { namespace, roleName, group, rules }: Grant,
): void => {
  const metadata = { name: roleName, namespace };
  const role = new Role(name, { metadata, rules }, { parent });
  const apiGroup = "rbac.authorization.k8s.io";
  new RoleBinding(
    `${name}-binding`,
    {
      metadata,
      roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
      subjects: [{ apiGroup, kind: "Group", name: group }],
    },
    { parent },
  );
};

interface Grant {
  readonly namespace: string;
  readonly roleName: string;
  /** Who may, as Kubernetes calls them. */
  readonly group: string;
  readonly rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
}
