import { z } from "zod";
import type { Testers } from "../../definition/traffic.ts";
import type { TrafficObject } from "../../definition/traffic-object.ts";
import { writtenOver } from "../../definition/written-over.ts";
import { headerOfRule } from "../traffic/http-route.ts";
import { isTesters } from "../traffic/route-weights.ts";
import { agreedWeights } from "./agreed-weights.ts";
import { bounded } from "./bounded.ts";
import { kubernetesApi, type KubernetesConnection } from "./kubernetes-api.ts";
import { found, pathOf, type Named } from "./kubernetes-object.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";
import { foreignOwners, ownedMetadata } from "./route-owners.ts";

/**
 * An HTTPRoute as it is in force: its weights as percent of their sum, and whether each gateway that it names
 * has taken up this version of it. A route that no gateway takes is stored, and does nothing.
 */
export const readHttpRoute = async (
  connection: KubernetesConnection,
  named: Named,
  services: TrafficObject["destinations"],
  testers?: Testers,
): Promise<Reading<LiveRoute>> => {
  const ask = await kubernetesApi(connection);
  const { namespace, name } = named;
  return bounded(
    "Kubernetes",
    async (signal) => {
      const answer = await found(`HTTPRoute ${namespace}/${name}`, () =>
        ask(pathOf("apis/gateway.networking.k8s.io/v1", "httproutes", named), signal),
      );
      const { metadata, spec, status } = httpRoute.parse(answer);
      const split = spec.rules.filter((rule) => !isTesters(headerOfRule(rule), testers));
      const weights = agreedWeights(
        `HTTPRoute ${name}`,
        "rules",
        split.map(({ backendRefs }) => ({
          blue: shareOf(backendRefs ?? [], services.blue, namespace),
          green: shareOf(backendRefs ?? [], services.green, namespace),
        })),
      );
      const parents = (spec.parentRefs ?? []).map(parentOf(namespace));
      const answers = (status?.parents ?? []).map(({ parentRef, conditions }) => ({
        parent: parentOf(namespace)(parentRef),
        conditions: conditions ?? [],
      }));
      const problems = parents.flatMap((parent) => {
        const conditions = answers.filter((one) => one.parent === parent);
        return notTakenUp(
          parent,
          conditions.flatMap((one) => one.conditions),
          metadata.generation,
        );
      });
      const problem = parents.length === 0 ? "it names no gateway" : problems[0];
      return {
        weights,
        notInForce:
          problem === undefined
            ? undefined
            : `HTTPRoute ${namespace}/${name} is not in force: ${problem}`,
        writtenOver: metadata.annotations?.[writtenOver],
        version: String(metadata.generation),
        owners: foreignOwners(metadata),
      };
    },
    connection.timeoutMilliseconds,
  );
};

const reference = z.object({
  group: z.string().nullish(),
  kind: z.string().nullish(),
  namespace: z.string().nullish(),
  name: z.string(),
  sectionName: z.string().nullish(),
  port: z.int().nullish(),
});

const condition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullish(),
  observedGeneration: z.int().nullish(),
});

const backends = z.array(
  z.object({
    kind: z.string().nullish(),
    namespace: z.string().nullish(),
    name: z.string(),
    weight: z.int().min(0).nullish(),
  }),
);

const httpRoute = z.object({
  // Counts the changes of its spec.
  metadata: ownedMetadata.extend({ generation: z.int().min(1) }),
  spec: z.object({
    parentRefs: z.array(reference).nullish(),
    rules: z.array(z.object({ matches: z.unknown().optional(), backendRefs: backends.nullish() })),
  }),
  status: z
    .object({
      parents: z
        .array(z.object({ parentRef: reference, conditions: z.array(condition).nullish() }))
        .nullish(),
    })
    .nullish(),
});

/** A Service's share in percent of the sum of all weights; 1 is the weight of a backend without one. */
const shareOf = (all: z.infer<typeof backends>, service: string, here: string): number => {
  const sum = (some: z.infer<typeof backends>) =>
    some.reduce((so, { weight }) => so + (weight ?? 1), 0);
  const own = all.filter(
    ({ kind, namespace, name }) =>
      name === service && (kind ?? "Service") === "Service" && (namespace ?? here) === here,
  );
  const total = sum(all);
  return total === 0 ? 0 : (100 * sum(own)) / total;
};

/** `Gateway infra/public, listener https`: what a route and its status call the same. */
const parentOf =
  (here: string) =>
  ({ kind, namespace, name, sectionName, port }: z.infer<typeof reference>): string =>
    [
      `${kind ?? "Gateway"} ${namespace ?? here}/${name}`,
      ...(typeof sectionName === "string" ? [`listener ${sectionName}`] : []),
      ...(typeof port === "number" ? [`port ${port}`] : []),
    ].join(", ");

/** Why a gateway has not taken up a version of the route, in words; empty when it has. */
const notTakenUp = (
  parent: string,
  conditions: readonly z.infer<typeof condition>[],
  generation: number,
): readonly string[] => {
  if (conditions.length === 0) return [`${parent} says nothing of it`];
  return ["Accepted", "ResolvedRefs"].flatMap((type) => {
    const said = conditions.filter((one) => one.type === type);
    const refused = said.find(({ status }) => status !== "True");
    if (refused !== undefined) {
      return `${parent} says ${type} is ${refused.status} (${refused.reason ?? "no reason"})`;
    }
    const taken = said.some(({ observedGeneration }) => (observedGeneration ?? 0) >= generation);
    return taken ? [] : `${parent} has not taken up its latest version`;
  });
};
