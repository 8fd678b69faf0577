import type { Duration } from "./units.ts";

/** Shares of both sides, in percent. */
export interface Weights {
  readonly blue: number;
  readonly green: number;
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
}

/** How a system's traffic is split. docs/mechanisms.md says what a further member needs beside it. */
export type Traffic = IstioRoute;

export const istioRoute = (route: Omit<IstioRoute, "mechanism">): IstioRoute => ({
  mechanism: "istio route",
  ...route,
});
