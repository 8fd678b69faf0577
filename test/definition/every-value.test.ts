/** Programs run without a type check: whatever stands in a definition is either right or refused in one line. */
import { describe, expect, test } from "vitest";
import { BadInput } from "../../definition/bad-input.ts";
import { defineSystem, type SystemDefinition } from "../../definition/system.ts";
import { lms } from "../../stacks/lms.ts";
import { rawdog } from "../../stacks/rawdog.ts";
import { supabase } from "../../stacks/supabase.ts";

type Place = readonly (string | number)[];

/** Every place of a value, of lists the first entry. */
const placesIn = (value: unknown, at: Place = []): readonly Place[] => {
  if (typeof value !== "object" || value === null) return [at];
  const entries = Array.isArray(value) ? value.slice(0, 1).entries() : Object.entries(value);
  return [at, ...[...entries].flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
};

/** The value with one place changed: left out where there is nothing to put there. */
const changed = (value: unknown, [key, ...rest]: Place, put: unknown): unknown => {
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) =>
      index === key ? changed(inner, rest, put) : inner,
    );
  }
  const entries = Object.entries(value as object).flatMap(([name, inner]) => {
    if (name !== key) return [[name, inner]];
    const after = changed(inner, rest, put);
    return after === undefined ? [] : [[name, after]];
  });
  return Object.fromEntries(entries) as unknown;
};

const at = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);

/** The line with which a definition is refused; undefined for one that is accepted. */
const refusal = (definition: unknown): string | undefined => {
  try {
    defineSystem(definition as Parameters<typeof defineSystem>[0]);
    return undefined;
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
};

/** What follows from a stage is the plan's own to name, and fields of a health answer are the application's. */
const isFree = (place: Place): boolean =>
  place.includes("follows") || place.includes("expects") || place.includes("collections");

describe.each<[string, SystemDefinition]>([
  ["lms", lms],
  ["rawdog", rawdog],
  ["supabase", supabase],
])("in the definition of %s", (_, definition) => {
  const places = placesIn(definition).filter((place) => place.length > 0);

  test.each<[string, unknown]>([
    ["null", null],
    ["-7", -7],
    ["an object of something else", { anything: [[]] }],
  ])("%s in place of a value of another kind is refused in one line", (_name, put) => {
    const accepted = places
      .filter((place) => !isFree(place) && typeof at(definition, place) !== typeof put)
      // A stage may begin before T-0.
      .filter((place) => !place.includes("begins"))
      .filter((place) => refusal(changed(definition, place, put)) === undefined);
    expect(accepted.map((place) => place.join("."))).toEqual([]);
  });

  test("a value that is left out is refused in one line, unless it may be", () => {
    const lines = places.flatMap((place) => refusal(changed(definition, place, undefined)) ?? []);
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
  });

  test("a key that nothing reads is refused, wherever it stands", () => {
    const objects = places.filter((place) => {
      const value = at(definition, place);
      return isWithKeysOfThePlan(value);
    });
    const accepted = objects
      .filter((place) => !isFree(place) && !hasNamesOfItsOwn(place))
      .filter((place) => {
        const value = at(definition, place) as object;
        return refusal(changed(definition, place, { ...value, misspelt: "1" })) === undefined;
      });
    expect(accepted.map((place) => place.join("."))).toEqual([]);
  });
});

/** Neither a list nor a quantity nor a value that is still open, whose keys are the project's own. */
const isWithKeysOfThePlan = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !("milliseconds" in value) &&
  !("tbd" in value);

/** Where keys are names that the plan gives. */
const hasNamesOfItsOwn = (place: Place): boolean => {
  const last = place.at(-1);
  return last === "set" || last === "roles" || last === "config" || last === "options";
};
