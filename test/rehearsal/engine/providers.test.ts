import { beforeEach, describe, expect, test } from "vitest";
import { newPassphraseCrypter } from "../../../rehearsal/engine/state/passphrase-crypter.ts";
import { changes, errors, Fixture } from "./fixture.ts";

let stack: Fixture;
beforeEach(async () => {
  stack = await Fixture.create();
  return () => stack.remove();
});

test("two providers of one package on one port each serve under their own config", async () => {
  const regions = (east: string) => ({
    resources: [
      { name: "east", isProvider: true as const, inputs: { region: east } },
      { name: "west", isProvider: true as const, inputs: { region: "us-west-2" } },
      { name: "a", provider: "east", inputs: { weight: 1 } },
      { name: "b", provider: "west", inputs: { weight: 1 } },
      { name: "c", inputs: { weight: 1 } },
    ],
  });
  expect(errors(await stack.up(regions("us-east-1")))).toBe("");
  expect(
    Object.fromEntries(stack.provider.calls.map(({ name, config }) => [name, config["region"]])),
  ).toEqual({ a: "us-east-1", b: "us-west-2", c: undefined });
  stack.provider.takeCalls();

  const moved = await stack.up(regions("us-east-2"));
  expect(changes(moved)).toEqual(["update east"]);
  expect(stack.provider.takeCalls()).toEqual([]);
});

describe("a secure value of the stack's config", () => {
  const passphrase = "open sesame";

  test("reaches the provider opened, and the state only under the key", async () => {
    const crypter = await newPassphraseCrypter(passphrase);
    const secure = crypter.encrypt("swordfish");
    await stack.configure(
      { "cutover:environment": "rehearsal", "test:token": { secure } },
      crypter.salt,
    );
    const result = await stack.up({ resources: [{ name: "a" }] });
    expect(errors(result)).toBe("");
    expect(stack.provider.calls[0]?.config["token"]).toMatchObject({ value: "swordfish" });
    expect(await stack.stateText()).not.toContain("swordfish");
  });

  test("that another passphrase wrote is refused in one line", async () => {
    const crypter = await newPassphraseCrypter("another");
    const secure = crypter.encrypt("swordfish");
    await stack.configure({ "cutover:environment": "rehearsal", token: { secure } }, crypter.salt);
    await expect(stack.up({ resources: [] })).rejects.toThrow(
      /^\S+Pulumi\.dev\.yaml: a secret that PULUMI_CONFIG_PASSPHRASE does not open, expected the passphrase .*Nothing changed\.$/,
    );
  });
});

test("what does not become healthy is kept, fails the update, and is tried again by the next one", async () => {
  const one = { resources: [{ name: "a", inputs: { weight: 1 } }] };
  stack.provider.unhealthy.set("a", "no endpoint answers");
  const created = await stack.up(one);
  expect(errors(created)).toBe("creating failed: no endpoint answers");
  expect(await stack.resource("a")).toMatchObject({
    id: "thing-1",
    initErrors: ["no endpoint answers"],
  });

  const again = await stack.up(one);
  expect(changes(again)).toEqual(["update a failed"]);
  expect((await stack.resource("a"))?.initErrors).toEqual(["no endpoint answers"]);

  stack.provider.unhealthy.clear();
  const healthy = await stack.up(one);
  expect(changes(healthy)).toEqual(["update a"]);
  expect((await stack.resource("a"))?.initErrors).toBeUndefined();
  expect(stack.provider.takeCalls()).toEqual(["create a", "update a", "update a"]);
  expect(changes(await stack.up(one))).toEqual([]);
});

test("what did not become healthy is replaced where the program says so", async () => {
  const one = { resources: [{ name: "a", options: { replaceOnChanges: ["#initerror"] } }] };
  stack.provider.unhealthy.set("a", "no endpoint answers");
  await stack.up(one);
  stack.provider.unhealthy.clear();
  expect(changes(await stack.up(one))).toEqual(["replace a"]);
  expect((await stack.resource("a"))?.id).toBe("thing-2");
});
