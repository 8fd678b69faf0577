import type { SettledSystem } from "../../definition/system.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import { Gateway, type AppliedWeights } from "./gateway.ts";
import type { ObjectStore } from "./kubernetes-object.ts";
import type { PodDirectory } from "./pods/pod-directory.ts";
import { markRoute, patchWeights } from "./route-by-hand.ts";

/** What users' requests reach first, and what people can do to the object that steers it. */
export interface TrafficFront {
  /** Where users' requests go. */
  readonly url: string;
  /** Where its metrics are, at the path `/metrics`. */
  readonly adminUrl: string;
  /** Weights by which requests are really routed now, percent. */
  applied(): AppliedWeights;
  /** Gives green another weight past every gate. */
  setByHand(green: number): void;
  /** Marks the object as another tool's, as that tool would. */
  take(marks: Readonly<Record<string, string>>): void;
  stop(): Promise<void>;
}

export interface FrontOptions {
  readonly system: SettledSystem;
  readonly store: ObjectStore;
  readonly directory: PodDirectory;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Starts what carries a system's traffic in its world, by the system's mechanism. */
export const startFront = async (options: FrontOptions): Promise<TrafficFront> => {
  const { system, store, directory, random } = options;
  const { traffic, workload } = system;
  const { destinations } = trafficObject(system);
  switch (traffic.mechanism) {
    case "istio route": {
      const gateway = await Gateway.start({
        store,
        directory,
        virtualService: { namespace: workload.namespace, name: traffic.name },
        sideOf: ({ host }) => (host === destinations.green ? "green" : "blue"),
        random,
      });
      return {
        url: gateway.url,
        adminUrl: gateway.adminUrl,
        applied: () => gateway.applied(),
        setByHand: (green) => {
          patchWeights(store, system, green);
        },
        take: (marks) => {
          markRoute(store, system, marks);
        },
        stop: () => gateway.stop(),
      };
    }
  }
};
