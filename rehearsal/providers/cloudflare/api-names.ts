import { isRecord, type Properties } from "../property-values.ts";

/** Maps whose keys are no names of the API. */
const maps: readonly string[] = ["header", "poolWeights", "pool_weights"];

const renamed =
  (name: (key: string) => string) =>
  (value: unknown, within = ""): unknown => {
    if (Array.isArray(value)) return value.map((item) => renamed(name)(item));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        maps.includes(within) ? key : name(key),
        renamed(name)(inner, key),
      ]),
    );
  };

/** Properties as the API calls them: `default_pools`. */
export const toApi = (properties: Properties): Properties =>
  renamed((key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))(
    properties,
  ) as Properties;

/** Fields of the API as the provider calls them: `defaultPools`. */
export const fromApi = (fields: Properties): Properties =>
  renamed((key) => key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()))(
    fields,
  ) as Properties;
