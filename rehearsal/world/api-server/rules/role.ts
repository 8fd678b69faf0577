import type { IRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { invalid, required, type FieldError } from "../field-error.ts";

const isEmpty = (list: readonly string[] | undefined): boolean => (list ?? []).length === 0;

/** What the API server asks of a Role: each rule names verbs and resources of a group. */
export const roleRules = ({ rules = [] }: IRole): readonly FieldError[] =>
  rules.flatMap(({ verbs, apiGroups, resources, nonResourceURLs = [] }, index) => {
    const path = `rules[${index}]`;
    return [
      ...(isEmpty(verbs)
        ? [required(`${path}.verbs`, "verbs must contain at least one value")]
        : []),
      ...(isEmpty(nonResourceURLs)
        ? []
        : [
            invalid(
              `${path}.nonResourceURLs`,
              nonResourceURLs,
              "namespaced rules cannot apply to non-resource URLs",
            ),
          ]),
      ...(isEmpty(apiGroups)
        ? [required(`${path}.apiGroups`, "resource rules must supply at least one api group")]
        : []),
      ...(isEmpty(resources)
        ? [required(`${path}.resources`, "resource rules must supply at least one resource")]
        : []),
    ];
  });
