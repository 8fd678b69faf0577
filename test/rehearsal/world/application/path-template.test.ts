import { expect, test } from "vitest";
import { pathTemplate } from "../../../../rehearsal/world/application/path-template.ts";

test.for([
  ["/api/v1/employees/{id}", "/api/v1/employees/7", ["7"]],
  ["/api/v1/employees/:id/leaves", "/api/v1/employees/7/leaves", ["7"]],
  ["/api/v1/leaves", "/api/v1/leaves", []],
  ["/api/v1/leaves", "/api/v1/leaves/", undefined],
  ["/api/v1/employees/{id}", "/api/v1/employees/", undefined],
] as const)("%s and %s", ([template, path, values]) => {
  expect(pathTemplate(template).match(path)).toEqual(values);
});

test("fills its placeholders", () => {
  expect(pathTemplate("/employees/{id}/leaves").fill("9")).toBe("/employees/9/leaves");
});
