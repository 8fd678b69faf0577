import { expect, test } from "vitest";
import { known, unknown } from "../../../policies/facts/reading.ts";
import { alarmComplaint } from "../../../policies/rules/alarm-complaint.ts";

test.for([
  [known("OK"), true, undefined],
  [known("No Data"), false, undefined],
  [known("No Data"), true, "says No Data"],
  [known("Alert"), false, "says Alert"],
  [unknown("Datadog answered 500"), false, "cannot be read: Datadog answered 500"],
  [undefined, false, "does not exist"],
] as const)("%j, with traffic: %s", ([state, carries, says]) =>
  expect(alarmComplaint(state, carries)).toBe(says),
);
