import fc from "fast-check";
import { expect, test } from "vitest";
import { deepEquals, diffMaps } from "../../../rehearsal/engine/values/property-diff.ts";
import { parsePropertyPath, resetToOld } from "../../../rehearsal/engine/values/property-path.ts";
import {
  ResourceReference,
  Secret,
  unknown,
  type PropertyMap,
  type PropertyValue,
} from "../../../rehearsal/engine/values/property-values.ts";
import { fromStruct, keepAll, toStruct } from "../../../rehearsal/engine/values/property-wire.ts";
import { newPassphraseCrypter } from "../../../rehearsal/engine/state/passphrase-crypter.ts";
import { mapFromDisk, mapToDisk } from "../../../rehearsal/engine/state/state-values.ts";

const key = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text !== "__proto__");
const { value } = fc.letrec<{ value: PropertyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string(),
    fc.constant(unknown),
    fc.constant(new ResourceReference("urn:pulumi:dev::demo::t::n", "id-1", "1.2.3")),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
    tie("value").map((inner) => (inner instanceof Secret ? inner : new Secret(inner))),
  ),
}));
const properties: fc.Arbitrary<PropertyMap> = fc.dictionary(key, value, { maxKeys: 5 });

test("what is sent is what is read", () => {
  fc.assert(
    fc.property(properties, (sent) => {
      expect(fromStruct(toStruct(sent, keepAll))).toEqual(sent);
    }),
  );
});

test("what is written is what is loaded, and a secret cannot be read without the key", async () => {
  const crypter = await newPassphraseCrypter("open sesame");
  fc.assert(
    fc.property(properties, (written) => {
      expect(mapFromDisk(JSON.parse(JSON.stringify(mapToDisk(written, crypter))), crypter)).toEqual(
        written,
      );
    }),
  );
  expect(JSON.stringify(mapToDisk({ password: new Secret("swordfish") }, crypter))).not.toContain(
    "swordfish",
  );
});

test("properties equal themselves, and a diff applied to the old gives the new", () => {
  fc.assert(fc.property(value, (one) => deepEquals(one, one)));
  fc.assert(
    fc.property(properties, properties, (olds, news) => {
      const diff = diffMaps(olds, news);
      const applied: Record<string, PropertyValue> = { ...olds, ...diff?.adds, ...diff?.updates };
      diff?.deletes.forEach((deleted) => delete applied[deleted]);
      return diffMaps(applied, news) === undefined;
    }),
  );
});

test.for([
  {
    path: "weight",
    expected: { weight: 1, tags: { a: "new", b: "new" }, list: [{ on: true }, { on: true }] },
  },
  {
    path: "tags.a",
    expected: { weight: 2, tags: { a: "old", b: "new" }, list: [{ on: true }, { on: true }] },
  },
  {
    path: 'tags["b"]',
    expected: { weight: 2, tags: { a: "new" }, list: [{ on: true }, { on: true }] },
  },
  {
    path: "list[0].on",
    expected: { weight: 2, tags: { a: "new", b: "new" }, list: [{ on: false }, { on: true }] },
  },
  {
    path: "list[*].on",
    expected: { weight: 2, tags: { a: "new", b: "new" }, list: [{ on: false }, { on: true }] },
  },
])("ignoring $path leaves it as it was", ({ path, expected }) => {
  const olds = { weight: 1, tags: { a: "old" }, list: [{ on: false }] };
  const news = { weight: 2, tags: { a: "new", b: "new" }, list: [{ on: true }, { on: true }] };
  expect(resetToOld(news, olds, parsePropertyPath(path))).toEqual(expected);
});
