import type { IncomingMessage } from "node:http";

/**
 * Who only asks whether it is well: a kubelet comes past the mesh, and tracers are told to leave out what health
 * checks ask, so nobody counts that.
 */
export const isHealthCheck = (request: IncomingMessage): boolean =>
  isBalancerCheck(request) || userAgent(request).startsWith("kube-probe/");

/** Of these, a load balancer: it asks before it sends requests. */
export const isBalancerCheck = (request: IncomingMessage): boolean =>
  /(^ELB-HealthChecker|\bCloudflare-Traffic-Manager)\//.test(userAgent(request));

const userAgent = ({ headers }: IncomingMessage): string => headers["user-agent"] ?? "";
