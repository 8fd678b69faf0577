import { badShare, type MeasureOf, type RequestQueries } from "./request-queries.ts";

/** Where requests are counted: by the application's own proxy, or by the gateway that sent them. */
type Reporter = "destination" | "source";

const requests = (
  { namespace, workload }: Parameters<MeasureOf>[0],
  reporter: Reporter,
  answers = "",
): string =>
  `sum:istio.mesh.request.count{kube_namespace:${namespace} AND destination_workload:${workload} AND reporter:${reporter}${answers}}`;

const badRequests =
  (reporter: Reporter, bad: string): MeasureOf =>
  (of, options) =>
    badShare(requests(of, reporter, ` AND ${bad}`), requests(of, reporter), options);

/** What Istio's metrics say of a side. Its gateway counts what callers saw, unanswered requests too. */
export const istioQueries: RequestQueries = {
  count: (of) => requests(of, "source"),
  measures: {
    "error-rate": badRequests("destination", "response_code:5*"),
    "failed-requests": badRequests("source", "(response_code:5* OR response_code:0)"),
    "p95-latency": ({ namespace, workload }, { periodSeconds }) =>
      `p95:istio.mesh.request.duration.milliseconds{kube_namespace:${namespace} AND destination_workload:${workload} AND reporter:source}.rollup(max, ${periodSeconds})`,
  },
};
