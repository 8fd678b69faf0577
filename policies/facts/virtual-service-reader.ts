import { z } from "zod";
import type { Testers } from "../../definition/traffic.ts";
import type { TrafficObject } from "../../definition/traffic-object.ts";
import { writtenOver } from "../../definition/written-over.ts";
import { isTesters } from "../traffic/route-weights.ts";
import { headerOfHttp } from "../traffic/virtual-service.ts";
import { agreedWeights } from "./agreed-weights.ts";
import { bounded } from "./bounded.ts";
import { kubernetesApi, type KubernetesConnection } from "./kubernetes-api.ts";
import { found, pathOf, type Named } from "./kubernetes-object.ts";
import type { LiveRoute } from "./live-route.ts";
import type { Reading } from "./reading.ts";
import { foreignOwners, ownedMetadata } from "./route-owners.ts";

/** A VirtualService as it is in force; all its routes but the testers' own must agree. */
export const readVirtualService = async (
  connection: KubernetesConnection,
  named: Named,
  hosts: TrafficObject["destinations"],
  testers?: Testers,
): Promise<Reading<LiveRoute>> => {
  const ask = await kubernetesApi(connection);
  const { namespace, name } = named;
  return bounded(
    "Kubernetes",
    async (signal) => {
      const answer = await found(`VirtualService ${namespace}/${name}`, () =>
        ask(pathOf("apis/networking.istio.io/v1", "virtualservices", named), signal),
      );
      const { metadata, spec } = virtualService.parse(answer);
      const split = spec.http.filter((http) => !isTesters(headerOfHttp(http), testers));
      const weights = agreedWeights(
        `VirtualService ${name}`,
        "routes",
        split.map(({ route }) => ({
          blue: weightIn(route, hosts.blue),
          green: weightIn(route, hosts.green),
        })),
      );
      return {
        weights,
        // It has no status that anybody keeps: whether a gateway follows it is seen in the requests alone.
        notInForce: undefined,
        writtenOver: metadata.annotations?.[writtenOver],
        version: String(metadata.generation),
        owners: foreignOwners(metadata),
      };
    },
    connection.timeoutMilliseconds,
  );
};

const destinations = z.array(
  z.object({ destination: z.object({ host: z.string() }), weight: z.int().min(0).nullish() }),
);

const virtualService = z.object({
  // Counts the changes of its spec.
  metadata: ownedMetadata.extend({ generation: z.int().min(1) }),
  spec: z.object({
    http: z.array(z.object({ match: z.unknown().optional(), route: destinations })),
  }),
});

/** Istio sends everything to a destination that stands alone without a weight. */
const weightIn = (route: z.infer<typeof destinations>, host: string): number =>
  route
    .filter(({ destination }) => destination.host === host)
    .reduce((sum, { weight }) => sum + (weight ?? (route.length === 1 ? 100 : 0)), 0);
