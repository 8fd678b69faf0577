import { afterAll, beforeAll, expect, test } from "vitest";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import { albCheckout } from "./alb-checkout.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { run } from "./own-world.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await albCheckout();
});
afterAll(() => checkout.remove());

test(
  "a whole cutover by a load balancer's rule, counted by traces: nothing fails and nothing is lost",
  async () => {
    const command = [process.execPath, "--import", "tsx", "cli/main.ts"];
    const { status, out, log } = await run(
      [...command, "rehearse", "lms", "--json"],
      checkout.directory,
      {},
    );
    if (out === "") throw new Error(log);
    const record = JSON.parse(out) as RehearsalRecord;
    expect(record).toMatchObject({ outcome: "completed", requests: { failed: 0, lost: 0 } });
    for (const { stage, changed } of record.stages.slice(1)) {
      expect(changed.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual([
        "aws:lb/listenerRule:ListenerRule::lms-split-route",
        "cutover:index:Cutover::lms-cutover",
      ]);
    }
    expect(status).toBe(0);
  },
  rehearsalTimeout,
);
