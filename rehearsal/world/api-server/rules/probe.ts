import type { IProbe } from "kubernetes-models/v1/Probe";
import { forbidden, invalid, required, within, type FieldError } from "../field-error.ts";
import { portName, portRange } from "../syntax.ts";

const portRules = (path: string, port: number | string): readonly FieldError[] =>
  typeof port === "number" ? within(path, port, ...portRange) : portName(path, port);

/** What the API server asks of a probe; a container may be alive after one success only. */
export const probeRules = (
  probe: IProbe | undefined,
  path: string,
  { successThreshold }: { readonly successThreshold?: number } = {},
): readonly FieldError[] => {
  if (probe === undefined) return [];
  const { exec, grpc, httpGet, tcpSocket } = probe;
  const ways = [exec, grpc, httpGet, tcpSocket].filter((way) => way !== undefined).length;
  return [
    ...(ways === 0 ? [required(path, "must specify a handler type")] : []),
    ...(ways > 1 ? [forbidden(path, "may not specify more than 1 handler type")] : []),
    ...(httpGet === undefined ? [] : portRules(`${path}.httpGet.port`, httpGet.port)),
    ...(tcpSocket === undefined ? [] : portRules(`${path}.tcpSocket.port`, tcpSocket.port)),
    ...(grpc === undefined ? [] : within(`${path}.grpc.port`, grpc.port, ...portRange)),
    ...within(`${path}.initialDelaySeconds`, probe.initialDelaySeconds, 0),
    ...within(`${path}.timeoutSeconds`, probe.timeoutSeconds, 1),
    ...within(`${path}.periodSeconds`, probe.periodSeconds, 1),
    ...within(`${path}.failureThreshold`, probe.failureThreshold, 1),
    ...within(`${path}.successThreshold`, probe.successThreshold, 1),
    ...(successThreshold !== undefined &&
    probe.successThreshold !== undefined &&
    probe.successThreshold > successThreshold
      ? [
          invalid(
            `${path}.successThreshold`,
            probe.successThreshold,
            `must be ${String(successThreshold)}`,
          ),
        ]
      : []),
  ];
};
