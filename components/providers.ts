import { Provider as DatadogProvider } from "@pulumi/datadog/provider.js";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import { rehearsalToken } from "../definition/rehearsal-token.ts";
import type { Traffic } from "../definition/traffic.ts";
import type { StackEnvironment } from "../definition/stack-environment.ts";
import { worldUrl } from "./world.ts";

/**
 * The providers of a rehearsal, bound to its world so that they cannot reach anything else; none for
 * staging and production, where the stack's own provider config holds.
 */
export const rehearsalProviders = async (
  environment: StackEnvironment,
  mechanisms: readonly Traffic["mechanism"][],
): Promise<{ readonly providers?: pulumi.ProviderResource[] }> => {
  const world = worldUrl(environment);
  if (world === undefined) return {};
  return {
    providers: [
      new KubernetesProvider("rehearsal-kubernetes", { kubeconfig: kubeconfig(world) }),
      new DatadogProvider("rehearsal-datadog", {
        apiKey: "rehearsal",
        appKey: "rehearsal",
        apiUrl: `${world}/datadog`,
        validate: "false",
      }),
      ...(mechanisms.some((mechanism) => ofAws.includes(mechanism))
        ? [await awsProvider(world)]
        : []),
      ...(mechanisms.includes("cloudflare load balancer") ? [await cloudflareProvider(world)] : []),
    ],
  };
};

const ofAws: readonly Traffic["mechanism"][] = ["route53 weighted", "alb listener rule"];

/** Loaded where something needs it: its module is no small one. */
const awsProvider = async (world: string): Promise<pulumi.ProviderResource> => {
  const { Provider } = await import("@pulumi/aws/provider.js");
  return new Provider("rehearsal-aws", {
    region: "us-east-1",
    accessKey: "rehearsal",
    secretKey: "rehearsal",
    endpoints: [{ route53: `${world}/route53`, elbv2: `${world}/elbv2` }],
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRequestingAccountId: true,
  });
};

const cloudflareProvider = async (world: string): Promise<pulumi.ProviderResource> => {
  const { Provider } = await import("@pulumi/cloudflare/provider.js");
  return new Provider("rehearsal-cloudflare", {
    apiToken: rehearsalToken,
    baseUrl: `${world}/cloudflare/client/v4`,
  });
};

const kubeconfig = (world: string): string =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "rehearsal",
    clusters: [{ name: "rehearsal", cluster: { server: `${world}/kubernetes` } }],
    contexts: [{ name: "rehearsal", context: { cluster: "rehearsal", user: "rehearsal" } }],
    users: [{ name: "rehearsal", user: {} }],
  });
