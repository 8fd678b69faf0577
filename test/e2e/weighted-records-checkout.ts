import { changedCheckout, type ChangedCheckout } from "./changed-checkout.ts";

const byWeightedRecords = (text: string): string =>
  text
    .replace("{ istioRoute }", "{ route53Weighted }")
    // Two writes, each in sync with every name server, then TTLs and caches: no VirtualService is as slow.
    .replace("within: seconds(60)", "within: seconds(150)")
    .replace(
      /traffic: istioRoute\(\{.*?\n {2}\}\),/s,
      'traffic: route53Weighted({ zoneId: "Z0REHEARSAL", name: "lms.company.com", ttl: seconds(10), targets: { blue: { address: "192.0.2.10" }, green: { address: "192.0.2.20" } } }),',
    );

/** A copy of this checkout in which weighted records of Route 53 split the Leave Management System's traffic. */
export const weightedRecordsCheckout = (): Promise<ChangedCheckout> =>
  changedCheckout("stacks/lms.ts", byWeightedRecords);
