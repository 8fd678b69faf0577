import type { IPodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";
import { duplicates, required, unsupported, within, type FieldError } from "../field-error.ts";
import { dnsLabel, labels } from "../syntax.ts";
import { containerRules } from "./container.ts";

/** What the API server asks of the pods of a Deployment or a Job. */
export const podTemplateRules = (
  template: IPodTemplateSpec,
  path: string,
  restartPolicies: readonly string[],
): readonly FieldError[] => {
  const { spec, metadata } = template;
  if (spec === undefined) return [required(`${path}.spec`)];
  const { containers, initContainers = [], volumes = [], restartPolicy = "Always" } = spec;
  const volumeNames = volumes.map(({ name }) => name);
  const all = [...initContainers, ...containers];
  const containerPath = (index: number): string =>
    index < initContainers.length
      ? `${path}.spec.initContainers[${String(index)}]`
      : `${path}.spec.containers[${String(index - initContainers.length)}]`;
  return [
    ...labels(`${path}.metadata.labels`, metadata?.labels),
    ...(containers.length === 0 ? [required(`${path}.spec.containers`)] : []),
    ...(restartPolicies.includes(restartPolicy)
      ? []
      : [unsupported(`${path}.spec.restartPolicy`, restartPolicy, restartPolicies)]),
    ...within(`${path}.spec.terminationGracePeriodSeconds`, spec.terminationGracePeriodSeconds, 0),
    ...volumes.flatMap(({ name }, index) =>
      dnsLabel(`${path}.spec.volumes[${String(index)}].name`, name),
    ),
    ...duplicates(volumeNames, (index) => `${path}.spec.volumes[${String(index)}].name`),
    ...duplicates(
      all.map(({ name }) => name),
      (index) => `${containerPath(index)}.name`,
    ),
    ...all.flatMap((container, index) =>
      containerRules(container, containerPath(index), volumeNames),
    ),
  ];
};
