import { expect, test } from "vitest";
import { balancerDescription } from "../../definition/balancer-description.ts";

const { of, isOf, writtenOverIn } = balancerDescription;

test("says whose load balancer it is, and nothing more while nothing was written over", () => {
  expect(of("lms", undefined)).toBe("Cutover of lms");
  expect(writtenOverIn(of("lms", undefined))).toBeUndefined();
});

test("names the version that the last write replaced", () =>
  expect(writtenOverIn(of("lms", "2026-11-21T00:00:00.000Z"))).toBe("2026-11-21T00:00:00.000Z"));

test.for([undefined, "2026-11-21T00:00:00.000Z"])("with %j is the system's own", (over) => {
  expect(isOf("lms", of("lms", over))).toBe(true);
  expect(isOf("lms", of("lms-2", over))).toBe(false);
  expect(isOf("lms-2", of("lms", over))).toBe(false);
});

test.for(["", "managed by terraform", "Cutover of lms, and of others"])(
  "%j is somebody else's",
  (text) => expect(isOf("lms", text)).toBe(false),
);
