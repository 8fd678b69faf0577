import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { cloudflareCheckout } from "./cloudflare-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { rehearsedIn } from "./rehearsed-in.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await cloudflareCheckout();
});
afterAll(() => checkout.remove());

test(
  "a load balancer of Cloudflare takes a whole cutover through, seen by traces alone, without a request lost",
  async () => {
    const { status, record } = await rehearsedIn(checkout);
    expect(record.expectation).toMatchObject({ met: true, differences: [] });
    expect(record).toMatchObject({ outcome: "completed", requests: { failed: 0, lost: 0 } });
    for (const { stage, changed } of record.stages.slice(1)) {
      expect(changed.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual([
        "cloudflare:index/loadBalancer:LoadBalancer::lms-split-balancer",
        "cutover:index:Cutover::lms-cutover",
      ]);
    }
    expect(status).toBe(0);
  },
  rehearsalTimeout,
);
