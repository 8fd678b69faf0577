import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RehearsalRecord } from "../../rehearsal/rehearsal-record.ts";
import type { ChangedCheckout } from "./changed-checkout.ts";
import { httpRouteCheckout } from "./http-route-checkout.ts";
import { rehearsalTimeout } from "./own-rehearsal.ts";
import { run } from "./own-world.ts";

let checkout: ChangedCheckout;
beforeAll(async () => {
  checkout = await httpRouteCheckout();
});
afterAll(() => checkout.remove());

describe("a whole rehearsal by an HTTPRoute", () => {
  const rehearsed = async (...words: readonly string[]) => {
    const command = [process.execPath, "--import", "tsx", "cli/main.ts"];
    const { status, out, log } = await run(
      [...command, "rehearse", "lms", "--json", ...words],
      checkout.directory,
      {},
    );
    if (out === "") throw new Error(log);
    return { status, record: JSON.parse(out) as RehearsalRecord };
  };

  test(
    "completes and loses nothing, and traffic says so at each stage",
    async () => {
      const { status, record } = await rehearsed();
      expect(record.expectation).toMatchObject({ met: true, differences: [] });
      expect(record).toMatchObject({ outcome: "completed", requests: { failed: 0, lost: 0 } });
      expect(record.stages.map(({ stage }) => stage)).toEqual([
        ...["baseline", "canary", "half", "full"],
      ]);
      for (const { stage, changed: urns } of record.stages.slice(1)) {
        expect(urns.map((urn) => urn.split("$").at(-1)).sort(), stage).toEqual([
          "cutover:index:Cutover::lms-cutover",
          "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute::lms-split-route",
        ]);
      }
      expect(status).toBe(0);
    },
    rehearsalTimeout,
  );

  test(
    "rolls back when green answers errors",
    async () => {
      const { status, record } = await rehearsed("--fault", "error-spike@canary");
      expect(record.expectation).toMatchObject({ met: true, differences: [] });
      expect(record.outcome).toBe("rolled-back");
      const { restoredMilliseconds = NaN, budgetMilliseconds = 0 } = record.rollback ?? {};
      expect(restoredMilliseconds).toBeLessThanOrEqual(budgetMilliseconds);
      expect(status).toBe(3);
    },
    rehearsalTimeout,
  );
});
