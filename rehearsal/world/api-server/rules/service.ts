import type { IService } from "kubernetes-models/v1/Service";
import { duplicates, required, within, type FieldError } from "../field-error.ts";
import { dnsLabel, dnsSubdomain, labels, portName, portRange } from "../syntax.ts";

type Port = NonNullable<NonNullable<IService["spec"]>["ports"]>[number];

const portRules = (port: Port, path: string, several: boolean): readonly FieldError[] => [
  ...within(`${path}.port`, port.port, ...portRange),
  ...within(`${path}.nodePort`, port.nodePort, ...portRange),
  ...(port.name === undefined ? [] : dnsLabel(`${path}.name`, port.name)),
  ...(several && (port.name ?? "") === "" ? [required(`${path}.name`)] : []),
  ...(typeof port.targetPort === "number"
    ? within(`${path}.targetPort`, port.targetPort, ...portRange)
    : []),
  ...(typeof port.targetPort === "string" ? portName(`${path}.targetPort`, port.targetPort) : []),
];

/** What the API server asks of a Service. */
export const serviceRules = ({ spec }: IService): readonly FieldError[] => {
  if (spec === undefined) return [required("spec")];
  const { ports = [], type = "ClusterIP", clusterIP, externalName } = spec;
  const at = (index: number): string => `spec.ports[${String(index)}]`;
  if (type === "ExternalName") {
    return externalName === undefined
      ? [required("spec.externalName")]
      : dnsSubdomain("spec.externalName", externalName);
  }
  return [
    ...(ports.length === 0 && clusterIP !== "None" ? [required("spec.ports")] : []),
    ...labels("spec.selector", spec.selector),
    ...ports.flatMap((port, index) => portRules(port, at(index), ports.length > 1)),
    ...duplicates(
      ports.map(({ name }) => name),
      (index) => `${at(index)}.name`,
    ),
    ...duplicates(
      ports.map(({ port, protocol = "TCP" }) => `${protocol}/${String(port)}`),
      at,
    ),
  ];
};
