import { parse } from "yaml";
import type { InputFailure } from "../check-schema.ts";
import type { Interruptions } from "../interruptions.ts";
import { isRecord, UNKNOWN, type Properties } from "../property-values.ts";
import { startProvider, type RunningProvider } from "../provider-server.ts";
import { clusterObject } from "./cluster-object.ts";
import type { KubernetesWorld } from "./kubernetes-world.ts";

const version = "4.34.2";

const known = [
  "alwaysRender",
  "cluster",
  "clusterIdentifier",
  "context",
  "deleteUnreachable",
  "enableConfigMapMutable",
  "enablePatchForce",
  "enableSecretMutable",
  "enableServerSideApply",
  "helmReleaseSettings",
  "kubeClientSettings",
  "kubeconfig",
  "namespace",
  "renderYamlToDirectory",
  "skipUpdateUnreachable",
  "suppressDeprecationWarnings",
  "suppressHelmHookWarnings",
  "upsertExistingObjects",
  "version",
];

const kubeconfigOf = ({ kubeconfig }: Properties): unknown => {
  if (typeof kubeconfig !== "string" || kubeconfig === UNKNOWN) return kubeconfig;
  try {
    return parse(kubeconfig) as unknown;
  } catch {
    return undefined;
  }
};

/** What is wrong with the configuration of a Kubernetes provider. */
const checkConfig = (config: Properties): readonly InputFailure[] => {
  const unknown = Object.keys(config)
    .filter((key) => !known.includes(key) && !key.startsWith("__"))
    .map((property) => ({ property, reason: `the Kubernetes provider has no option ${property}` }));
  const kubeconfig = kubeconfigOf(config);
  const unreadable =
    config.kubeconfig !== undefined && config.kubeconfig !== UNKNOWN && !isRecord(kubeconfig);
  const reason = "is no kubeconfig: expected its YAML or JSON, with clusters, users and contexts";
  return [...unknown, ...(unreadable ? [{ property: "kubeconfig", reason }] : [])];
};

const contextNamespace = (config: Properties): unknown => {
  const kubeconfig = kubeconfigOf(config);
  if (!isRecord(kubeconfig) || !Array.isArray(kubeconfig.contexts)) return undefined;
  const chosen = config.context ?? kubeconfig["current-context"];
  const contexts: readonly unknown[] = kubeconfig.contexts;
  const found = contexts.filter(isRecord).find(({ name }) => name === chosen);
  return isRecord(found?.context) ? found.context.namespace : undefined;
};

/** Serves the `kubernetes` package of Pulumi on the cluster of a rehearsal. */
export const startKubernetesProvider = (
  world: KubernetesWorld,
  interruptions?: Interruptions,
): Promise<RunningProvider> =>
  startProvider({
    package: "kubernetes",
    version,
    standIns: [clusterObject],
    world,
    ...(interruptions === undefined ? {} : { interruptions }),
    checkConfig,
    configure: (config, configured) => {
      const namespace = config.namespace ?? contextNamespace(config);
      return typeof namespace === "string" ? { ...configured, namespace } : configured;
    },
  });
