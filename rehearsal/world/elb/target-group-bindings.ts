import { z } from "zod";
import type { KubernetesObject, ObjectStore } from "../kubernetes-object.ts";
import type { PodDirectory, PodEndpoint } from "../pods/pod-directory.ts";
import type { RegisteredTargets } from "./registered-targets.ts";

const BindingSpec = z.looseObject({
  targetGroupARN: z.string(),
  serviceRef: z.object({ name: z.string(), port: z.union([z.int(), z.string()]) }),
});
const ServiceSpec = z.looseObject({
  selector: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.looseObject({ name: z.string().optional(), port: z.int() })).default([]),
});

const apiVersion = "elbv2.k8s.aws/v1beta1";
const kind = "TargetGroupBinding";

/**
 * Does what the AWS Load Balancer Controller does for its bindings: the ready pods of a Service are the targets
 * of a target group. Returns the way to stop that.
 */
export const followBindings = (
  store: ObjectStore,
  directory: PodDirectory,
  targets: RegisteredTargets,
): (() => void) => {
  const register = (binding: KubernetesObject): void => {
    const { targetGroupARN, serviceRef } = BindingSpec.parse(binding.spec);
    targets.register(targetGroupARN, podsOf(binding, serviceRef, store, directory));
  };
  const registerAll = (): void => {
    for (const binding of store.list(apiVersion, kind)) register(binding);
  };
  const stops = [
    store.watch(({ type, object }) => {
      if (object.kind === "Service") registerAll();
      if (object.kind !== kind) return;
      if (type === "applied") register(object);
      else targets.register(BindingSpec.parse(object.spec).targetGroupARN, []);
    }),
    directory.onChange(registerAll),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};

/** Nobody while the Service, or its port that is meant, is not there. */
const podsOf = (
  { metadata: { namespace = "default" } }: KubernetesObject,
  { name, port }: z.infer<typeof BindingSpec>["serviceRef"],
  store: ObjectStore,
  directory: PodDirectory,
): readonly PodEndpoint[] => {
  const service = store.get({ apiVersion: "v1", kind: "Service", namespace, name });
  if (service === undefined) return [];
  const { selector, ports } = ServiceSpec.parse(service.spec ?? {});
  const offered = ports.some((one) => one.port === port || one.name === port);
  return offered && Object.keys(selector).length > 0 ? directory.ready(namespace, selector) : [];
};
