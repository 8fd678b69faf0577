import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { cloudflareCheckout } from "./cloudflare-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { rehearsedCheckout } from "./rehearsed-checkout.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await cloudflareCheckout();
});
afterAll(() => checkout.remove());

test(
  "a load balancer of Cloudflare takes a whole cutover through, seen by traces alone, without a request lost",
  async () => {
    const { status, record } = await rehearsedCheckout(checkout, [
      "cloudflare:index/loadBalancer:LoadBalancer::lms-split-balancer",
      "cutover:index:Cutover::lms-cutover",
    ]);
    expect(record).toMatchObject({ outcome: "completed", requests: { failed: 0 } });
    expect(status).toBe(0);
  },
  rehearsalTimeout,
);
