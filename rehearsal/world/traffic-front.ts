import type { IncomingMessage, ServerResponse } from "node:http";
import type { SettledSystem } from "../../definition/system.ts";
import { trafficObject } from "../../definition/traffic-object.ts";
import type { CutoverClock } from "../clock.ts";
import type { Interruptions } from "../providers/interruptions.ts";
import type { RunningProvider } from "../providers/provider-server.ts";
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
  /** Services of a cloud beside the cluster that steer it, where it needs some. */
  readonly cloud?: CloudServices;
  stop(): Promise<void>;
}

/** A cloud that the world plays: its stand-in providers, and the API that facts are read from. */
export interface CloudServices {
  /** Name of the Pulumi package. */
  readonly package: string;
  start(interruptions: Interruptions): Promise<RunningProvider>;
  /** Where its API answers below the world's address. */
  readonly path: string;
  /** @returns false for what it does not know. */
  handle(request: IncomingMessage, response: ServerResponse, path: string): boolean;
}

export interface FrontOptions {
  readonly system: SettledSystem;
  readonly store: ObjectStore;
  readonly directory: PodDirectory;
  readonly clock: CutoverClock;
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
    case "route53 weighted": {
      const { startDnsFront } = await import("./dns/start-dns-front.ts");
      return startDnsFront(options, traffic);
    }
  }
};
