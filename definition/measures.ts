import type { MeasureName, Threshold } from "./thresholds.ts";

/** What a query is about: one side's Deployment. */
export interface Workload {
  readonly namespace: string;
  readonly workload: string;
}

/** Where requests are counted: by the application's own proxy, or by the gateway that sent them. */
type Reporter = "destination" | "source";

const requests = ({ namespace, workload }: Workload, reporter: Reporter, answers = ""): string =>
  `sum:istio.mesh.request.count{kube_namespace:${namespace} AND destination_workload:${workload} AND reporter:${reporter}${answers}}`;

/** A share in percent per period; a period with too few requests has no value, one without bad answers is 0. */
const badShare = (
  of: Workload,
  reporter: Reporter,
  bad: string,
  { periodSeconds, minimumRequests }: QueryOptions,
): string => {
  const rollup = `.rollup(sum, ${periodSeconds})`;
  return `100 * default_zero(${requests(of, reporter, ` AND ${bad}`)}${rollup}) / cutoff_min(${requests(of, reporter)}${rollup}, ${minimumRequests})`;
};

export interface QueryOptions {
  /** Length of one point of the answer. */
  readonly periodSeconds: number;
  /** Requests that a point needs to have a value. */
  readonly minimumRequests: number;
}

const builtIn: Readonly<Record<MeasureName, (of: Workload, options: QueryOptions) => string>> = {
  "error-rate": (of, options) => badShare(of, "destination", "response_code:5*", options),
  "failed-requests": (of, options) =>
    badShare(of, "source", "(response_code:5* OR response_code:0)", options),
  "p95-latency": ({ namespace, workload }, { periodSeconds }) =>
    `p95:istio.mesh.request.duration.milliseconds{kube_namespace:${namespace} AND destination_workload:${workload} AND reporter:source}.rollup(max, ${periodSeconds})`,
  cpu: ({ namespace, workload }) => {
    const scope = `{kube_namespace:${namespace} AND kube_deployment:${workload}}`;
    return `100 * avg:kubernetes.cpu.usage.total${scope} / (avg:kubernetes.cpu.limits${scope} * 1000000000)`;
  },
  memory: ({ namespace, workload }) =>
    `100 * max:kubernetes.memory.usage_pct{kube_namespace:${namespace} AND kube_deployment:${workload}}`,
};

/** The Datadog query that measures what a threshold limits or a comparison compares, in the limit's unit. */
export const datadogQuery = (
  { measure }: Pick<Threshold, "measure">,
  of: Workload,
  options: QueryOptions,
): string =>
  typeof measure === "string"
    ? builtIn[measure](of, options)
    : measure.query.replaceAll("{namespace}", of.namespace).replaceAll("{workload}", of.workload);

/** The Datadog query for the number of requests that one side answered, as the gateway counted them. */
export const requestCountQuery = (of: Workload, periodSeconds: number): string =>
  `${requests(of, "source")}.rollup(sum, ${periodSeconds})`;
