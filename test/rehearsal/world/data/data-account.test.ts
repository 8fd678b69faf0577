import { expect, test } from "vitest";
import type { Difference } from "../../../../rehearsal/world/data/differences.ts";
import { accountForData } from "../../../../rehearsal/world/data/data-account.ts";
import { documentPair } from "./document-pair.ts";

test("finds what is missing, doubled or different, and copies first what waits", async () => {
  const { copier, documents, stores } = documentPair(2);
  await copier.load();
  for (const reference of ["whole", "doubled", "doubled"]) {
    await documents.green.add("orders", 7, reference);
  }
  const written = ["whole", "doubled", "never written"];
  const accountOf = (references: readonly string[], changedByFaults: readonly Difference[] = []) =>
    accountForData({
      ...{ stores, copier, written: references, changedByFaults },
      isCaptureIncomplete: false,
    });
  expect(await accountOf(written)).toEqual({
    ...{ acknowledged: 3, missing: 1, doubled: 1, differing: 0, reconciled: 0 },
  });
  const [changed] = [...(await documents.green.all("orders")).values()];
  await documents.green.put("orders", [{ ...changed, person: "0" }], []);
  expect((await accountOf([])).differing).toBe(1);
  const byFault = [{ table: "orders", key: changed?.["id"] ?? "" }];
  expect((await accountOf([], byFault)).differing).toBe(0);
});

test("finds what was never captured by comparing, and says how much that was", async () => {
  const { copier, documents, stores } = documentPair(2);
  await copier.load();
  await Promise.all([stores.blue.missChanges(), stores.green.missChanges()]);
  const written = ["on blue 1", "on blue 2", "on green 1", "on green 2", "on green 3"];
  for (const reference of written) {
    const side = reference.startsWith("on blue") ? "blue" : "green";
    await documents[side].add("orders", 7, reference);
  }
  const account = (isCaptureIncomplete: boolean) =>
    accountForData({ stores, copier, written, changedByFaults: [], isCaptureIncomplete });
  // Copying alone brings every second of them across.
  expect(await account(false)).toEqual({
    ...{ acknowledged: 5, missing: 2, doubled: 0, differing: 2, reconciled: 0 },
  });
  expect(await account(true)).toEqual({
    ...{ acknowledged: 5, missing: 0, doubled: 0, differing: 0, reconciled: 2 },
  });
});
