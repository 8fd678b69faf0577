import { changedCheckout, type ChangedCheckout } from "./changed-checkout.ts";

/** Where both records lead, and their TTL, as a definition has it. */
const leadingTo = {
  addresses: `ttl: seconds(10), targets: { blue: { address: "192.0.2.10" }, green: { address: "192.0.2.20" } }`,
  "load balancers": `ttl: seconds(60), targets: {
    blue: { alias: { name: "blue-1.us-east-1.elb.amazonaws.com", zoneId: "Z35SXDOTRQ7X7K", evaluateTargetHealth: false } },
    green: { alias: { name: "green-2.us-east-1.elb.amazonaws.com", zoneId: "Z35SXDOTRQ7X7K", evaluateTargetHealth: false } },
  }`,
} as const;

/** A copy of this checkout in which weighted records of Route 53 split the Leave Management System's traffic. */
export const weightedRecordsCheckout = (to: keyof typeof leadingTo): Promise<ChangedCheckout> =>
  changedCheckout("stacks/lms.ts", (text) =>
    text
      .replace("{ istioRoute }", "{ route53Weighted }")
      // Two writes, each in sync with every name server, then TTLs, caches and connections: no VirtualService is as slow.
      .replace("within: seconds(60)", "within: seconds(180)")
      // Every request asks a resolver over a socket: a busy machine carries fewer of them.
      .replace("requestsPerSecond: 440", "requestsPerSecond: 110")
      .replace(
        /traffic: istioRoute\(\{.*?\n {2}\}\),/s,
        `traffic: route53Weighted({ zoneId: "Z0REHEARSAL", name: "lms.company.com", connectionsLiveFor: seconds(30), ${leadingTo[to]} }),`,
      ),
  );
