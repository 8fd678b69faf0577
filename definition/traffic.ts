import type { Duration, Percentage } from "./units.ts";

/** Shares of both sides, in percent. */
export interface Weights {
  readonly blue: number;
  readonly green: number;
}

/** People who reach green before anybody else: a request that carries their header goes there at any weight. */
export interface Testers {
  /** Name of the header, and its whole value. No secret: whoever knows it reaches green. */
  readonly header: string;
  readonly value: string;
  /** The most that their requests make of all; so far the share seen on green may lie above its weight. */
  readonly atMost: Percentage;
}

/** An Istio VirtualService that carries the weights of both sides in one resource. */
export interface IstioRoute {
  readonly mechanism: "istio route";
  /** Name of the VirtualService. */
  readonly name: string;
  /** Hosts under which users reach the system. */
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly timeout: Duration;
  readonly retries: { readonly attempts: number; readonly perTryTimeout: Duration };
  readonly testers?: Testers;
}

/** A Gateway API HTTPRoute that carries the weights of both sides in one rule. */
export interface HttpRoute {
  readonly mechanism: "http route";
  /** Name of the HTTPRoute. */
  readonly name: string;
  /** Hosts under which users reach the system. */
  readonly hosts: readonly string[];
  /** Gateways that take it; each must say that it has. */
  readonly gateways: readonly {
    readonly namespace: string;
    readonly name: string;
    /** One listener of the gateway; all of them where none is named. */
    readonly listener?: string;
  }[];
  /** For a request with all its retries. */
  readonly timeout: Duration;
  readonly testers?: Testers;
}

/** How a system's traffic is split. docs/mechanisms.md says what a further member needs beside it. */
export type Traffic = IstioRoute | HttpRoute;

export const istioRoute = (route: Omit<IstioRoute, "mechanism">): IstioRoute => ({
  mechanism: "istio route",
  ...route,
});

export const httpRoute = (route: Omit<HttpRoute, "mechanism">): HttpRoute => ({
  mechanism: "http route",
  ...route,
});
