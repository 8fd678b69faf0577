import { expect, test } from "vitest";
import { accountForData } from "../../../../rehearsal/world/data/data-account.ts";
import { documentPair } from "./document-pair.ts";

test("finds what is missing, doubled or different, and copies first what waits", async () => {
  const { copier, documents, stores } = documentPair(2);
  await copier.load();
  for (const reference of ["whole", "doubled", "doubled"]) {
    await documents.green.add("orders", 7, reference);
  }
  const written = ["whole", "doubled", "never written"];
  expect(await accountForData(stores, copier, written, [])).toEqual({
    ...{ acknowledged: 3, missing: 1, doubled: 1, differing: 0 },
  });
  const [changed] = [...(await documents.green.all("orders")).values()];
  await documents.green.put("orders", [{ ...changed, person: "0" }], []);
  expect((await accountForData(stores, copier, [], [])).differing).toBe(1);
  const byFault = [{ table: "orders", key: changed?.["id"] ?? "" }];
  expect((await accountForData(stores, copier, [], byFault)).differing).toBe(0);
});
