import type { IContainer } from "kubernetes-models/v1/Container";
import { duplicates, invalid, required, within, type FieldError } from "../field-error.ts";
import { dnsLabel, portName, portRange } from "../syntax.ts";
import { probeRules } from "./probe.ts";
import { resourceRules } from "./resources.ts";

const environmentName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

const portRules = (ports: IContainer["ports"], path: string): readonly FieldError[] => [
  ...(ports ?? []).flatMap(({ containerPort, hostPort, name }, index) => [
    ...within(`${path}.ports[${String(index)}].containerPort`, containerPort, ...portRange),
    ...within(`${path}.ports[${String(index)}].hostPort`, hostPort, ...portRange),
    ...(name === undefined ? [] : portName(`${path}.ports[${String(index)}].name`, name)),
  ]),
  ...duplicates(
    (ports ?? []).map(({ name }) => name),
    (index) => `${path}.ports[${String(index)}].name`,
  ),
];

const environmentRules = (env: IContainer["env"], path: string): readonly FieldError[] =>
  (env ?? []).flatMap(({ name, value = "", valueFrom }, index) => {
    const at = `${path}.env[${String(index)}]`;
    return [
      ...(environmentName.test(name)
        ? []
        : [
            invalid(
              `${at}.name`,
              name,
              "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
            ),
          ]),
      ...(value !== "" && valueFrom !== undefined
        ? [invalid(`${at}.valueFrom`, "", "may not be specified when `value` is not empty")]
        : []),
    ];
  });

/** What the API server asks of one container. */
export const containerRules = (
  container: IContainer,
  path: string,
  volumes: readonly string[],
): readonly FieldError[] => [
  ...dnsLabel(`${path}.name`, container.name),
  ...((container.image ?? "").trim() === "" ? [required(`${path}.image`)] : []),
  ...portRules(container.ports, path),
  ...environmentRules(container.env, path),
  ...resourceRules(container.resources, `${path}.resources`),
  ...probeRules(container.livenessProbe, `${path}.livenessProbe`, { successThreshold: 1 }),
  ...probeRules(container.readinessProbe, `${path}.readinessProbe`),
  ...probeRules(container.startupProbe, `${path}.startupProbe`, { successThreshold: 1 }),
  ...(container.volumeMounts ?? []).flatMap(({ name }, index) =>
    volumes.includes(name)
      ? []
      : [{ path: `${path}.volumeMounts[${String(index)}].name`, problem: `Not found: "${name}"` }],
  ),
  ...duplicates(
    (container.volumeMounts ?? []).map(({ mountPath }) => mountPath),
    (index) => `${path}.volumeMounts[${String(index)}].mountPath`,
  ),
];
