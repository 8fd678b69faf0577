import { z } from "zod";
import type { ObjectStore } from "../kubernetes-object.ts";
import type { PodDirectory, PodEndpoint } from "../pods/pod-directory.ts";

const ServiceSpec = z.looseObject({ selector: z.record(z.string(), z.string()).default({}) });
const DestinationRuleSpec = z.looseObject({
  host: z.string(),
  subsets: z
    .array(
      z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
    )
    .default([]),
});
const API_VERSION = "networking.istio.io/v1";

export interface Destination {
  /** As the mesh writes it: short or fully qualified. */
  readonly host: string;
  readonly subset: string | undefined;
  /** Namespace of the VirtualService, in which short hosts are looked up. */
  readonly namespace: string;
}

/** The Service's name and namespace that a host means: `lms-blue`, `lms-blue.production.svc.cluster.local`. */
export const serviceOf = (host: string, namespace: string): { name: string; namespace: string } => {
  const [name = host, inNamespace] = host.split(".");
  return { name, namespace: inNamespace ?? namespace };
};

/** Finds the ready pods behind a host and subset, through Services and DestinationRules as they stand. */
export class DestinationResolver {
  readonly #store: ObjectStore;
  readonly #directory: PodDirectory;
  readonly #found = new Map<string, readonly PodEndpoint[]>();
  #revision = -1;

  constructor(store: ObjectStore, directory: PodDirectory) {
    this.#store = store;
    this.#directory = directory;
  }

  /** To be called after a Service or DestinationRule changed. */
  forget(): void {
    this.#found.clear();
  }

  /** The ready pods; none when the Service or the subset does not exist. */
  resolve(destination: Destination): readonly PodEndpoint[] {
    if (this.#revision !== this.#directory.revision) {
      this.#found.clear();
      this.#revision = this.#directory.revision;
    }
    const key = `${destination.namespace}/${destination.host}/${destination.subset ?? ""}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = this.#look(destination);
    this.#found.set(key, found);
    return found;
  }

  #look({ host, subset, namespace }: Destination): readonly PodEndpoint[] {
    const service = serviceOf(host, namespace);
    const object = this.#store.get({ apiVersion: "v1", kind: "Service", ...service });
    if (object === undefined) return [];
    const { selector } = ServiceSpec.parse(object.spec ?? {});
    // A Service without a selector has no endpoints of its own.
    if (Object.keys(selector).length === 0) return [];
    const labels = subset === undefined ? {} : this.#subsetLabels(service, subset);
    return labels === undefined
      ? []
      : this.#directory.ready(service.namespace, { ...selector, ...labels });
  }

  #subsetLabels(
    service: { name: string; namespace: string },
    subset: string,
  ): Readonly<Record<string, string>> | undefined {
    for (const rule of this.#store.list(API_VERSION, "DestinationRule")) {
      const spec = DestinationRuleSpec.parse(rule.spec ?? {});
      const of = serviceOf(spec.host, rule.metadata.namespace ?? "default");
      if (of.name !== service.name || of.namespace !== service.namespace) continue;
      const found = spec.subsets.find(({ name }) => name === subset);
      if (found !== undefined) return found.labels;
    }
    return undefined;
  }
}
