import type { KubernetesObject } from "../kubernetes-object.ts";
import type { HttpRouteSourceOptions } from "./http-route-source.ts";
import { HttpRouteSpec, ParentRef } from "./http-route.ts";

/** A Gateway, and one of its listeners where only that takes routes. */
export interface GatewayName {
  readonly namespace: string;
  readonly name: string;
  readonly listener?: string;
}

interface Condition {
  readonly type: string;
  readonly status: "True" | "False";
  readonly reason: string;
  readonly message: string;
  readonly observedGeneration: number;
  readonly lastTransitionTime: string;
}

const controllerName = "rehearsal.example/gateway";

/**
 * Writes into a route's status what each parent that is one of these gateways makes of it, as a controller
 * does: a parent that is nobody's gets no line at all.
 * @returns whether one of them has taken the route.
 */
export const acceptedBy = (
  object: KubernetesObject,
  { store, gateways, now }: HttpRouteSourceOptions,
): boolean => {
  const { namespace = "default", name, generation = 1 } = object.metadata;
  const { parentRefs, rules } = HttpRouteSpec.parse(object.spec);
  const missing = rules
    .flatMap(({ backendRefs }) => backendRefs)
    .find((backend) => {
      const service = { namespace: backend.namespace ?? namespace, name: backend.name };
      return store.get({ apiVersion: "v1", kind: "Service", ...service }) === undefined;
    });
  const before = statusOf(object);
  const parents = parentRefs
    .filter((parent) => gateways.some((gateway) => isMeant(parent, gateway, namespace)))
    .map((parentRef) => {
      const takes = gateways.some((gateway) => takesFrom(parentRef, gateway, namespace));
      const condition = (
        type: string,
        good: boolean,
        [well, badly]: readonly [well: string, badly: string],
        message: string,
      ): Condition => {
        const status = good ? "True" : "False";
        const old = before
          .find((one) => isSame(one.parentRef, parentRef))
          ?.conditions.find((one) => one.type === type && one.status === status);
        return {
          ...{ type, status, reason: good ? well : badly, message },
          observedGeneration: generation,
          lastTransitionTime: old?.lastTransitionTime ?? new Date(now()).toISOString(),
        };
      };
      return {
        parentRef,
        controllerName,
        conditions: [
          condition(
            "Accepted",
            takes,
            ["Accepted", "NoMatchingParent"],
            takes ? "Route is accepted" : `no listener ${parentRef.sectionName ?? ""}`,
          ),
          condition(
            "ResolvedRefs",
            missing === undefined,
            ["ResolvedRefs", "BackendNotFound"],
            missing === undefined ? "All references are resolved" : `no Service ${missing.name}`,
          ),
        ],
      };
    });
  const { apiVersion, kind } = object;
  store.setStatus({ apiVersion, kind, namespace, name }, { parents });
  return parents.some(({ conditions }) =>
    conditions.some(({ type, status }) => type === "Accepted" && status === "True"),
  );
};

interface ParentStatus {
  readonly parentRef: ParentRef;
  readonly conditions: readonly Condition[];
}

const statusOf = ({ status }: KubernetesObject): readonly ParentStatus[] =>
  (status?.parents as readonly ParentStatus[] | undefined) ?? [];

const isSame = (one: ParentRef, other: ParentRef): boolean =>
  JSON.stringify(ParentRef.parse(one)) === JSON.stringify(ParentRef.parse(other));

/** Whether a reference means a gateway, whichever of its listeners. */
const isMeant = (parent: ParentRef, gateway: GatewayName, here: string): boolean =>
  parent.kind === "Gateway" &&
  parent.name === gateway.name &&
  (parent.namespace ?? here) === gateway.namespace;

/** Whether the gateway has a listener that the reference attaches to. */
const takesFrom = (parent: ParentRef, gateway: GatewayName, here: string): boolean =>
  isMeant(parent, gateway, here) &&
  (parent.sectionName === undefined ||
    gateway.listener === undefined ||
    parent.sectionName === gateway.listener);
