import { changedCheckout, type ChangedCheckout } from "./changed-checkout.ts";

const byHttpRoute = (text: string): string =>
  text
    .replace("{ istioRoute }", "{ httpRoute }")
    .replace(
      /traffic: istioRoute\(\{.*?\n {2}\}\),/s,
      'traffic: httpRoute({ name: "lms-route", hosts: ["lms.company.com"], gateways: [{ namespace: "infra", name: "public" }], timeout: seconds(15), testers: { header: "x-tester", value: "yes", atMost: percent(2) } }),',
    );

/** A copy of this checkout in which an HTTPRoute splits the traffic of the Leave Management System. */
export const httpRouteCheckout = (): Promise<ChangedCheckout> =>
  changedCheckout("stacks/lms.ts", byHttpRoute);
