import { unknownCheckingProxy } from "./unknown-checking-proxy.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredBy, identityOf } from "../../policies/declared.ts";
import { cutoverProps, unknownText } from "./cutover-component.ts";

const behindProxy = (changes: object) =>
  unknownCheckingProxy({ ...cutoverProps("canary", "half"), ...changes });

test("everything that the program declares can be read through the SDK's proxy", () => {
  const props = behindProxy({});
  expect(identityOf(props)).toMatchObject({
    value: { system: "lms", environment: "rehearsal", transition: { from: "canary", to: "half" } },
  });
  const declared = declaredBy(props);
  expect(declared.weights).toEqual({ known: true, value: { blue: 50, green: 50 } });
  expect(declared.alarms).toMatchObject({ value: { "error-rate": { known: true, value: "0" } } });
  expect(declared.panels).toMatchObject({ known: true });
});

test("one unknown value hides no other", () => {
  const { alarms, panels, weights } = declaredBy(
    behindProxy({ alarms: { cpu: unknownText, memory: "7" }, panels: unknownText }),
  );
  expect(alarms).toMatchObject({
    known: true,
    value: { cpu: { known: false, notYet: true }, memory: { known: true, value: "7" } },
  });
  expect(panels).toMatchObject({ known: false, notYet: true });
  expect(weights.known).toBe(true);
});

test("a direction that nobody can read has its reason", () => {
  for (const changes of [
    { transition: unknownText },
    { transition: { from: "canary" } },
    { transition: null },
    { system: 7 },
    { system: "" },
    { environment: undefined },
  ]) {
    expect(identityOf(behindProxy(changes))).toMatchObject({ known: false });
  }
});

test("ways back to be reviewed: none where none are declared, and a reading that holds up nothing where they are garbage", () => {
  const unordered = [{ sequence: 2, hash: "a", from: "half", to: "baseline" }];
  expect(identityOf(behindProxy({}))).not.toHaveProperty("value.unordered");
  expect(identityOf(behindProxy({ unordered }))).toMatchObject({
    value: { unordered: { known: true, value: unordered } },
  });
  for (const garbage of ["none", [{ sequence: 0 }], [{ ...unordered[0], brokenGlass: 7 }], null]) {
    expect(identityOf(behindProxy({ unordered: garbage }))).toMatchObject({
      known: true,
      value: { unordered: { known: false } },
    });
  }
});

test("malformed is not the same as not yet created: only what is unknown will come", () => {
  const { alarms, panels } = declaredBy(behindProxy({ alarms: [], panels: "cpu" }));
  expect(alarms).toEqual({
    known: false,
    reason: "alarms of the Cutover component is not readable",
  });
  expect(panels).not.toHaveProperty("notYet");
});

test("whatever the properties are, reading them never throws", () =>
  fc.assert(
    fc.property(fc.anything(), fc.string(), (props, key) => {
      identityOf(props);
      declaredBy(props);
      declaredBy(behindProxy({ [key]: props, alarms: props, weights: props, panels: props }));
    }),
  ));
