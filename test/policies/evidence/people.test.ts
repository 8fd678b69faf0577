import { expect, test } from "vitest";
import { readPeople } from "../../../policies/evidence/people.ts";

const ann =
  "{ name: Ann, principals: [ann@example.com], commits: [Ann@Home], roles: { lms: [dba] } }";
const listed = (...entries: readonly string[]) =>
  `people:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`;

test("finds a person by what they sign as, and by what they commit as, however it is spelled", async () => {
  const people = await readPeople(`${listed(ann)}machines: [bot@example.com]\n`);
  expect(people.byPrincipal("ANN@example.com")?.name).toBe("Ann");
  expect(people.byCommit("ann@home")).toMatchObject({ name: "Ann", roles: { lms: ["dba"] } });
  expect(people.byCommit("ann@example.com")).toMatchObject({ name: "Ann" });
  expect(people.byCommit("Bot@example.com")).toBe("machine");
  expect(people.byPrincipal("eve@example.com")).toBeUndefined();
  expect(people.byCommit("eve@example.com")).toBeUndefined();
});

test.for([
  ["a name", listed(ann, "{ name: ann, principals: [other], roles: {} }")],
  ["a principal", listed(ann, "{ name: Other, principals: [ANN@example.com], roles: {} }")],
  ["an address", listed(ann, "{ name: Other, principals: [o], commits: [ann@home], roles: {} }")],
] as const)("one human could stand there twice by %s: refused", async ([what, text]) => {
  await expect(readPeople(text)).rejects.toThrow(`it gives ${what} twice`);
});

test.for([
  ["people:\n  - { name: Ann }\n", "people.0.principals"],
  [listed("{ name: Ann, principals: [], roles: {} }"), "people.0.principals"],
  [listed("{ name: Ann, principals: [a], roles: {}, admin: true }"), "people.0"],
  ["people: {}\n", "people"],
  ["", "it is not as expected"],
] as const)("%j is not as expected", async ([text, where]) => {
  await expect(readPeople(text)).rejects.toThrow(where);
});
