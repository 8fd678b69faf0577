import { z } from "zod";
import { shown, type Problem } from "./bad-input.ts";
import { figuresOf } from "./figures-of.ts";
import { sentence, variable } from "./forms.ts";
import { shapeProblems } from "./shape-problems.ts";
import { storeOf } from "./stores.ts";
import type { SystemDefinition } from "./system.ts";
import { settle } from "./tbd.ts";
import { unknownNames } from "./unknown-names.ts";

/** In the clear anybody on the way could answer in a source's place. */
const shape = z.strictObject({
  datadogSite: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "a site of Datadog, for example datadoghq.eu"),
  kubernetesServer: z.string().regex(/^https:\/\/[^\s/]+(\/\S*)?$/, "an address as https://HOST"),
  prometheus: z
    .strictObject({
      address: z
        .string()
        .regex(
          /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[\w.-]+)*$/,
          "an address as https://HOST or https://HOST/PATH",
        ),
      tokenVariable: variable.optional(),
    })
    .optional(),
  databases: z
    .record(
      z.string(),
      z.strictObject({
        host: z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, "a host name, without a scheme"),
        port: z.int().min(1, "a port from 1").max(65_535, "a port up to 65535").optional(),
        database: sentence,
        variables: z.strictObject({ user: variable, password: variable }),
        authorities: z
          .string()
          .regex(/^(?!.*\.\.)[\w-][\w./-]*$/, "a path within the repository")
          .optional(),
      }),
    )
    .optional(),
});

/** Addresses at which no figure can be asked for, and figures whose source has none. */
export const factSourceProblems = (system: SystemDefinition): readonly Problem[] => {
  const settled = settle(system.sources, { rehearsal: true, file: "" });
  const misshapen = shapeProblems(shape, settled, "sources");
  if (misshapen.length > 0) return misshapen;
  const { stores } = system;
  const held = stores.kind === "two stores" ? [stores.blue.name, stores.green.name] : [stores.name];
  const databases = Object.keys(settled.databases ?? {});
  const green = storeOf(stores, "green").name;
  return [
    ...unknownNames("sources.databases", databases, held),
    ...(stores.migration.revision === undefined || databases.includes(green)
      ? []
      : [
          {
            key: "stores.migration.revision",
            found: `read in ${green}`,
            expected: `sources.databases to say how ${green} is reached`,
          },
        ]),
    ...figuresOf(system).flatMap(({ key, query }): readonly Problem[] => {
      if (typeof query === "string") return [];
      if (query.source === "prometheus" && settled.prometheus === undefined) {
        return [
          {
            key,
            found: `an expression of Prometheus, ${shown(query.expression)}`,
            expected: "sources.prometheus to say where it answers",
          },
        ];
      }
      return query.source === "postgres"
        ? unknownNames(`${key}.store`, [query.store], databases).map((problem) => ({
            ...problem,
            expected: `a store that sources.databases says how to reach${databases.length > 0 ? `: ${databases.join(", ")}` : ""}`,
          }))
        : [];
    }),
  ];
};
