import { noWayBack } from "../../../definition/stage.ts";
import { twoStores } from "../../../definition/stores.ts";
import type { SystemDefinition } from "../../../definition/system.ts";
import {
  callFailures,
  errorRate,
  measured,
  p95Latency,
  spanErrors,
} from "../../../definition/thresholds.ts";
import { count, minutes, percent, seconds } from "../../../definition/units.ts";
import { lms } from "../../../stacks/lms.ts";
import { withListenerRule } from "../../alb-system.ts";

const orders = { breach: "roll back", source: "S4-43" } as const;
const image = { repository: "registry.example/sync", tag: "1", digest: `sha256:${"0".repeat(64)}` };

/** A shop with a store on each side, whose traces count its requests; and a load balancer that splits its traffic; otherwise as the LMS. */
export const shop: SystemDefinition = {
  ...withListenerRule(lms),
  name: "shop",
  stores: twoStores({
    blue: { name: "old", secret: "shop-old" },
    green: { name: "new", secret: "shop-new" },
    migration: lms.stores.migration,
    sync: {
      name: "shop-sync",
      image,
      command: ["sync"],
      finalSync: {
        passage: "final-sync",
        command: ["sync", "final"],
        freezeEndsAfter: seconds(50),
      },
    },
  }),
  ladder: lms.ladder.map((stage) => {
    switch (stage.name) {
      case "canary":
        return {
          ...stage,
          follows: { sync: "both-ways" },
          passages: [
            {
              name: "final-sync",
              title: "Nobody writes",
              within: seconds(60),
              otherwise: "The freeze ends, and nothing has moved.",
            },
          ],
          leave: { ...stage.leave, data: ["backlog"] },
        };
      case "full":
        return {
          ...stage,
          follows: { sync: "off" },
          rollback: noWayBack("The old store is behind.", "Repair the new one."),
        };
      default:
        return stage;
    }
  }),
  dataChecks: [
    {
      name: "backlog",
      title: "Changes that are not copied",
      query: "max:sync.backlog{service:shop-sync}",
      limit: { below: count(1) },
      notOlderThan: minutes(1),
      source: "S4-13",
    },
  ],
  thresholds: [
    errorRate({ atMost: percent(4), ...orders }),
    p95Latency({ atMost: seconds(2), ...orders }),
    p95Latency({ name: "p95-warning", below: seconds(1), breach: "investigate", source: "S4-28" }),
    callFailures(
      { name: "checkout-failures", title: "Failed checkouts", method: "POST", path: "/checkout" },
      { atMost: percent(1), ...orders },
    ),
    spanErrors(
      { name: "payment-errors", title: "Payment errors", span: "payment.charge" },
      { below: count(1), ...orders },
    ),
    measured(
      {
        name: "data-mismatches",
        title: "Rows that differ",
        query: "max:sync.mismatches{service:shop-sync}.rollup(max, 60)",
      },
      { below: count(1), ...orders },
    ),
  ],
  rehearsal: {
    ...lms.rehearsal,
    requests: [
      { name: "checkout", method: "POST", path: "/checkout", share: 1, charges: true },
      { name: "browse", method: "GET", path: "/", share: 9 },
    ],
  },
};
