import type { IVirtualService } from "@kubernetes-models/istio/networking.istio.io/v1beta1/VirtualService";
import { duplicates, invalid, required, within, type FieldError } from "../field-error.ts";
import { dnsLabel, portRange } from "../syntax.ts";
import { durationRules } from "./durations.ts";

type Http = NonNullable<NonNullable<IVirtualService["spec"]>["http"]>[number];
type Route = NonNullable<Http["route"]>[number];

const destinationRules = ({ destination, weight }: Route, path: string): readonly FieldError[] => {
  const { host, subset, port } = destination ?? {};
  return [
    ...((host ?? "") === "" ? [required(`${path}.destination.host`)] : []),
    ...(subset === undefined ? [] : dnsLabel(`${path}.destination.subset`, subset)),
    ...within(`${path}.destination.port.number`, port?.number, ...portRange),
    ...within(`${path}.weight`, weight, 0, 100),
  ];
};

/** Who gets what share: the weights of a route make 100, and a lone destination needs none. */
const weightRules = (route: readonly Route[], path: string): readonly FieldError[] => {
  const given = route.map(({ weight }) => weight);
  if (route.length === 0 || (route.length === 1 && given[0] === undefined)) return [];
  const total = given.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  if (total === 100) return [];
  const problem =
    total === 0
      ? "total destination weight = 0"
      : `total destination weight ${String(total)} != 100`;
  return [invalid(path, given, problem)];
};

const targetOf = ({ destination }: Route): string =>
  [destination?.host, destination?.subset ?? "", destination?.port?.number ?? ""].join("|");

const httpRules = (http: Http, path: string): readonly FieldError[] => {
  const { route = [], redirect, delegate, timeout, retries, fault } = http;
  const at = (index: number): string => `${path}.route[${String(index)}]`;
  const answers = route.length > 0 || redirect !== undefined || delegate !== undefined;
  return [
    ...(answers || "directResponse" in http
      ? []
      : [required(path, "HTTP route, redirect or directResponse is required")]),
    ...(route.length > 0 && redirect !== undefined
      ? [invalid(path, "redirect", "HTTP route cannot contain both route and redirect")]
      : []),
    ...route.flatMap((each, index) => destinationRules(each, at(index))),
    ...duplicates(route.map(targetOf), (index) => `${at(index)}.destination`),
    ...weightRules(route, `${path}.route`),
    ...durationRules(`${path}.timeout`, timeout),
    ...durationRules(`${path}.retries.perTryTimeout`, retries?.perTryTimeout),
    ...within(`${path}.retries.attempts`, retries?.attempts, 0),
    ...within(`${path}.fault.abort.percentage.value`, fault?.abort?.percentage?.value, 0, 100),
    ...within(`${path}.fault.delay.percentage.value`, fault?.delay?.percentage?.value, 0, 100),
  ];
};

/** What Istio's admission webhook asks of a VirtualService. */
export const virtualServiceRules = ({ spec }: IVirtualService): readonly FieldError[] => {
  const { hosts = [], http = [], tcp = [], tls = [] } = spec ?? {};
  return [
    ...(hosts.length === 0 ? [required("spec.hosts", "must have at least one host")] : []),
    ...duplicates(hosts, (index) => `spec.hosts[${String(index)}]`),
    ...(http.length + tcp.length + tls.length === 0
      ? [required("spec", "http, tcp or tls must be provided in virtual service")]
      : []),
    ...http.flatMap((each, index) => httpRules(each, `spec.http[${String(index)}]`)),
    ...duplicates(
      http.map(({ name }) => name),
      (index) => `spec.http[${String(index)}].name`,
    ),
    ...tcp.flatMap(({ route = [] }, index) =>
      weightRules(route, `spec.tcp[${String(index)}].route`),
    ),
    ...tls.flatMap(({ route = [] }, index) =>
      weightRules(route, `spec.tls[${String(index)}].route`),
    ),
  ];
};
