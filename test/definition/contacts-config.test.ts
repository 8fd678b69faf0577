import { expect, test } from "vitest";
import { refuseBadContacts } from "../../definition/contacts-config.ts";
import { lms } from "../../stacks/lms.ts";

const check =
  (raw: Readonly<Record<string, string>>, ...secrets: readonly string[]) =>
  () => {
    refuseBadContacts(lms, raw, secrets, "Pulumi.prod.yaml");
  };

test("S1-100: names and numbers are secrets of the stack", () => {
  expect(check({ devOps: "***" }, "lms-contacts:devOps")).not.toThrow();
  expect(check({})).not.toThrow();
});

test("S1-100: one that everybody could read is refused, without being printed", () => {
  expect(check({ devOps: "+49 30 123" })).toThrow(
    "Pulumi.prod.yaml: lms-contacts:devOps is in plain text, expected a secret: pulumi config set --secret lms-contacts:devOps. Nothing changed.",
  );
});

test("a person that the plan does not name is refused, with those that it does", () => {
  expect(check({ devops: "***" }, "lms-contacts:devops")).toThrow(
    /lms-contacts:devops is nobody's in this plan, expected lms-contacts:releaseManager, /,
  );
});
