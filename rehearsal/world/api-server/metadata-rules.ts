import type { KubernetesObject } from "../kubernetes-object.ts";
import { forbidden, required, type FieldError } from "./field-error.ts";
import type { Kind } from "./kinds.ts";
import { dnsLabel, dnsServiceName, dnsSubdomain, labels, qualifiedName } from "./syntax.ts";

const nameSyntax = ({ kind }: Kind): typeof dnsLabel => {
  if (kind === "Service") return dnsServiceName;
  return kind === "Namespace" ? dnsLabel : dnsSubdomain;
};

const mostAnnotationBytes = 256 * 1024;

/** Name, namespace, labels and annotations, for every kind. */
export const metadataRules = (
  kind: Kind,
  { metadata }: KubernetesObject,
): readonly FieldError[] => {
  const { name, namespace, annotations = {} } = metadata;
  const bytes = Buffer.byteLength(Object.entries(annotations).flat().join(""));
  return [
    ...(name === "" ? [required("metadata.name", "name or generateName is required")] : []),
    ...(name === "" ? [] : nameSyntax(kind)("metadata.name", name)),
    ...(kind.namespaced && (namespace ?? "") === "" ? [required("metadata.namespace")] : []),
    ...(kind.namespaced && (namespace ?? "") !== ""
      ? dnsLabel("metadata.namespace", namespace ?? "")
      : []),
    ...(!kind.namespaced && (namespace ?? "") !== ""
      ? [forbidden("metadata.namespace", "not allowed on this type")]
      : []),
    ...labels("metadata.labels", metadata.labels),
    ...Object.keys(annotations).flatMap((key) =>
      qualifiedName("metadata.annotations", key.toLowerCase()),
    ),
    ...(bytes > mostAnnotationBytes
      ? [
          {
            path: "metadata.annotations",
            problem: `Too long: may not be more than ${String(mostAnnotationBytes)} bytes`,
          },
        ]
      : []),
  ];
};
