import type { IRoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { oneOf, required, unsupported, type FieldError } from "../field-error.ts";

const group = "rbac.authorization.k8s.io";

/** The API groups that a kind of subject may have. */
const groupsOf: Readonly<Record<string, readonly string[]>> = {
  ServiceAccount: [""],
  User: [group],
  Group: [group],
};

/** What the API server asks of a RoleBinding. */
export const roleBindingRules = ({
  roleRef,
  subjects = [],
}: IRoleBinding): readonly FieldError[] => [
  ...oneOf("roleRef.apiGroup", roleRef.apiGroup, [group]),
  ...oneOf("roleRef.kind", roleRef.kind, ["Role", "ClusterRole"]),
  ...named("roleRef.name", roleRef.name),
  ...subjects.flatMap(({ kind, name, namespace, apiGroup }, index) => {
    const path = `subjects[${index}]`;
    const groups = groupsOf[kind];
    return [
      ...named(`${path}.name`, name),
      ...(groups === undefined
        ? [unsupported(`${path}.kind`, kind, Object.keys(groupsOf))]
        : oneOf(`${path}.apiGroup`, apiGroup, groups)),
      ...(kind === "ServiceAccount" ? named(`${path}.namespace`, namespace ?? "") : []),
    ];
  }),
];

const named = (path: string, value: string): readonly FieldError[] =>
  value === "" ? [required(path)] : [];
