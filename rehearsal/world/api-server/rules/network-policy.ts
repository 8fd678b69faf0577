import { isIP } from "node:net";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { forbidden, invalid, oneOf, required, within, type FieldError } from "../field-error.ts";
import { portName, portRange } from "../syntax.ts";
import { labelSelectorRules } from "./label-selector.ts";

type Spec = NonNullable<INetworkPolicy["spec"]>;
type Ingress = NonNullable<Spec["ingress"]>[number];
type Port = NonNullable<Ingress["ports"]>[number];
type Peer = NonNullable<Ingress["from"]>[number];

const portRules = ({ port, endPort }: Port, path: string): readonly FieldError[] => [
  ...(typeof port === "number" ? within(`${path}.port`, port, ...portRange) : []),
  ...(typeof port === "string" ? portName(`${path}.port`, port) : []),
  ...(endPort === undefined
    ? []
    : within(`${path}.endPort`, endPort, typeof port === "number" ? port : 1, portRange[1])),
];

const cidrRules = (path: string, cidr: string): readonly FieldError[] => {
  const [address = "", bits = "", ...rest] = cidr.split("/");
  const most = isIP(address) === 6 ? 128 : 32;
  const right =
    isIP(address) !== 0 && /^\d+$/.test(bits) && Number(bits) <= most && rest.length === 0;
  return right
    ? []
    : [invalid(path, cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")];
};

const peerRules = (peer: Peer, path: string): readonly FieldError[] => {
  const { ipBlock, podSelector, namespaceSelector } = peer;
  const selected = podSelector !== undefined || namespaceSelector !== undefined;
  return [
    ...(ipBlock === undefined && !selected ? [required(path, "must specify a peer")] : []),
    ...(ipBlock !== undefined && selected
      ? [forbidden(path, "may not specify both ipBlock and another peer")]
      : []),
    ...(ipBlock === undefined ? [] : cidrRules(`${path}.ipBlock.cidr`, ipBlock.cidr)),
    ...labelSelectorRules(podSelector, `${path}.podSelector`),
    ...labelSelectorRules(namespaceSelector, `${path}.namespaceSelector`),
  ];
};

const rules = (
  path: string,
  ports: readonly Port[] = [],
  peers: readonly Peer[] = [],
  side: "from" | "to",
): readonly FieldError[] => [
  ...ports.flatMap((port, index) => portRules(port, `${path}.ports[${String(index)}]`)),
  ...peers.flatMap((peer, index) => peerRules(peer, `${path}.${side}[${String(index)}]`)),
];

/** What the API server asks of a NetworkPolicy. */
export const networkPolicyRules = ({ spec }: INetworkPolicy): readonly FieldError[] => {
  if (spec === undefined) return [required("spec")];
  return [
    ...labelSelectorRules(spec.podSelector, "spec.podSelector"),
    ...(spec.policyTypes ?? []).flatMap((type, index) =>
      oneOf(`spec.policyTypes[${String(index)}]`, type, ["Ingress", "Egress"]),
    ),
    ...(spec.ingress ?? []).flatMap(({ ports, from }, index) =>
      rules(`spec.ingress[${String(index)}]`, ports, from, "from"),
    ),
    ...(spec.egress ?? []).flatMap(({ ports, to }, index) =>
      rules(`spec.egress[${String(index)}]`, ports, to, "to"),
    ),
  ];
};
