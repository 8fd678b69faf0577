import type { SettledSystem } from "../definition/system.ts";
import { settle } from "../definition/tbd.ts";
import { httpRoute } from "../definition/traffic.ts";
import { seconds } from "../definition/units.ts";
import { lms } from "../stacks/lms.ts";

/** The Leave Management System as it would be if an HTTPRoute split its traffic. */
export const byHttpRoute: SettledSystem = settle(
  {
    ...lms,
    traffic: httpRoute({
      name: "lms-route",
      hosts: ["lms.company.com"],
      gateways: [{ namespace: "infra", name: "public", listener: "https" }],
      timeout: seconds(15),
    }),
  },
  { rehearsal: true, file: "stacks/lms.ts" },
);
