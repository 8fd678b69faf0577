import type { IConfigMap } from "kubernetes-models/v1/ConfigMap";
import { duplicate, invalid, type FieldError } from "../field-error.ts";

const mostBytes = 1024 * 1024;

/** What the API server asks of a ConfigMap. */
export const configMapRules = ({
  data = {},
  binaryData = {},
}: IConfigMap): readonly FieldError[] => {
  const keys = Object.keys({ ...data, ...binaryData });
  const bytes = Buffer.byteLength(Object.values({ ...data, ...binaryData }).join(""));
  return [
    ...keys.flatMap((key) =>
      key.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(key)
        ? []
        : [
            invalid(
              `data[${key}]`,
              key,
              "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
            ),
          ],
    ),
    ...Object.keys(binaryData).flatMap((key) =>
      key in data ? [duplicate(`binaryData[${key}]`, key)] : [],
    ),
    ...(bytes > mostBytes
      ? [{ path: "", problem: `Too long: must have at most ${String(mostBytes)} bytes` }]
      : []),
  ];
};
