import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { InitializationFailed } from "../../../rehearsal/providers/initialization-failed.ts";
import { Interruptions } from "../../../rehearsal/providers/interruptions.ts";
import { secret, UNKNOWN } from "../../../rehearsal/providers/property-values.ts";
import { startProvider } from "../../../rehearsal/providers/provider-server.ts";
import { standIn } from "../../../rehearsal/providers/stand-in.ts";
import { initializationDetail, ProviderClient } from "./provider-client.ts";

const type = "paper:index/page:Page";
const inputs = z.strictObject({
  title: z.string().min(1),
  size: z.number().optional(),
  lines: z.array(z.strictObject({ text: z.string() })).optional(),
});

interface World {
  readonly pages: Map<string, z.output<typeof inputs>>;
  readonly shelf: string;
}

const page = standIn({
  type,
  inputs,
  replaceOn: ["title"],
  idOf: ({ title }) => title,
  create: (given, { pages, shelf }: World) => {
    pages.set(given.title, given);
    const outputs = { ...given, shelf };
    if (given.title === "unready") {
      throw new InitializationFailed(given.title, outputs, "page did not dry", ["ink is wet"]);
    }
    return { id: given.title, outputs };
  },
  update: (id, given, { pages, shelf }) => {
    pages.set(id, given);
    return { ...given, shelf };
  },
  delete: (id, { pages }) => {
    if (!pages.delete(id)) throw new Error(`no page ${id}`);
  },
  read: (id, { pages, shelf }) => {
    const found = pages.get(id);
    return found && { outputs: { ...found, shelf }, inputs: found };
  },
});

const pages: World["pages"] = new Map();
const interruptions = new Interruptions();
let client: ProviderClient;
let port: number;
let stop: () => Promise<void>;

beforeEach(async () => {
  pages.clear();
  interruptions.clear();
  ({ port, stop } = await startProvider({
    package: "paper",
    version: "1.2.3",
    standIns: [page],
    world: { pages, shelf: "default" },
    interruptions,
    checkConfig: ({ shelf }) =>
      shelf === "" ? [{ property: "shelf", reason: "shelf has no name" }] : [],
    configure: ({ shelf }, world) => ({
      ...world,
      shelf: typeof shelf === "string" ? shelf : "none",
    }),
  }));
  client = new ProviderClient(port);
});
afterEach(async () => {
  client.close();
  await stop();
});

describe("protocol", () => {
  test("takes secrets, and neither resources nor outputs", async () => {
    expect(await client.handshake()).toMatchObject({
      acceptSecrets: true,
      acceptResources: false,
      acceptOutputs: false,
    });
    expect(await client.configure({})).toMatchObject({
      supportspreview: true,
      acceptsecrets: true,
    });
  });

  test("keeps the configuration of each connection apart", async () => {
    const other = new ProviderClient(port);
    await client.configure({ shelf: "left" });
    await other.configure({ shelf: "right" });
    expect((await client.create(type, { title: "a" })).outputs).toMatchObject({ shelf: "left" });
    expect((await other.create(type, { title: "b" })).outputs).toMatchObject({ shelf: "right" });
    other.close();
  });

  test("refuses a wrong configuration with the reason", async () => {
    expect(await client.checkConfig({ shelf: "" })).toEqual(["shelf has no name"]);
  });

  test("names what it has no stand-in for", async () => {
    await expect(client.create("paper:index/book:Book", {})).rejects.toMatchObject({
      details: "paper:index/book:Book has no stand-in in the package paper of rehearsals",
    });
    await expect(client.invoke("paper:index:find")).rejects.toMatchObject({
      details: "paper:index:find has no stand-in: rehearsals answer no invokes",
    });
  });
});

describe("check", () => {
  test.for([
    { given: { title: "a" }, failures: [] },
    { given: {}, failures: ["title: Invalid input: expected string, received undefined"] },
    { given: { title: "a", colour: "red" }, failures: [': Unrecognized key: "colour"'] },
    {
      given: { title: "a", lines: [{ text: 1 }] },
      failures: ["lines[0].text: Invalid input: expected string, received number"],
    },
    { given: { title: UNKNOWN, size: UNKNOWN, lines: UNKNOWN }, failures: [] },
    { given: { title: "a", lines: [UNKNOWN, { text: UNKNOWN }] }, failures: [] },
    {
      given: { title: "a", lines: [{ text: UNKNOWN, colour: "red" }] },
      failures: ['lines[0]: Unrecognized key: "colour"'],
    },
    { given: { title: secret("a"), size: secret(3) }, failures: [] },
  ])("$given", async ({ given, failures }) => {
    const checked = await client.check(type, given);
    expect(checked.failures).toEqual(failures);
    expect(checked.inputs).toEqual(given);
  });
});

describe("diff", () => {
  test("gives the deepest paths, and which of them replace", async () => {
    const before = { title: "a", size: 1, lines: [{ text: "x" }, { text: "y" }] };
    expect(await client.diff(type, before, { title: "b", lines: [{ text: "z" }] })).toEqual({
      changes: [
        ["lines[0].text", 4],
        ["lines[1]", 2],
        ["size", 2],
        ["title", 5],
      ],
      replaces: ["title"],
      deleteBeforeReplace: false,
    });
  });

  test("sees no change between a value and the same as a secret", async () => {
    expect((await client.diff(type, { title: "a" }, { title: secret("a") })).changes).toEqual([]);
  });
});

describe("verbs", () => {
  test("create, update, read and delete act on the world", async () => {
    const { id } = await client.create(type, { title: "a" });
    await client.update(type, id, {
      oldInputs: { title: "a" },
      oldOutputs: { title: "a", shelf: "default" },
      inputs: { title: "a", size: 2 },
    });
    expect(pages.get("a")).toEqual({ title: "a", size: 2 });
    expect(await client.read(type, id)).toEqual({
      id: "a",
      inputs: { title: "a", size: 2 },
      outputs: { title: "a", size: 2, shelf: "default" },
    });
    await client.delete(type, id);
    expect(await client.read(type, id)).toEqual({ id: "", inputs: {}, outputs: {} });
    await expect(client.delete(type, id)).rejects.toMatchObject({ details: "no page a" });
  });

  test("previews store nothing and pass unknowns on", async () => {
    const { id, outputs } = await client.create(type, { title: UNKNOWN }, { preview: true });
    expect({ id, outputs }).toEqual({ id: "", outputs: { title: UNKNOWN } });
    const planned = await client.update(
      type,
      "a",
      {
        oldInputs: { title: "a", size: 1 },
        oldOutputs: { title: "a", size: 1, shelf: "s" },
        inputs: { title: "a" },
      },
      { preview: true },
    );
    expect(planned).toEqual({ title: "a", shelf: "s" });
    expect(pages.size).toBe(0);
  });

  test("verbs see secrets plain, outputs keep them secret", async () => {
    const given = { title: secret("a"), lines: [{ text: secret("x") }] };
    const { outputs } = await client.create(type, given);
    expect(pages.get("a")).toEqual({ title: "a", lines: [{ text: "x" }] });
    expect(outputs).toEqual({
      title: secret("a"),
      lines: secret([{ text: "x" }]),
      shelf: "default",
    });
  });

  test("what exists without being ready reaches the engine with its outputs", async () => {
    const error: unknown = await client
      .create(type, { title: secret("unready") })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 2, details: "page did not dry" });
    expect(initializationDetail(error)).toEqual({
      id: "unready",
      outputs: { title: secret("unready"), shelf: "default" },
      reasons: ["page did not dry", "ink is wet"],
    });
  });
});

describe("interruptions", () => {
  const update = (size: number): Promise<unknown> =>
    client.update(type, "a", {
      oldInputs: { title: "a" },
      oldOutputs: { title: "a" },
      inputs: { title: "a", size },
    });

  test("fail-before: refused, nothing stored, the next call passes", async () => {
    interruptions.next({ type }, "fail-before");
    await expect(client.create(type, { title: "a" })).rejects.toMatchObject({
      details: expect.stringContaining("Internal Server Error") as string,
    });
    expect(pages.has("a")).toBe(false);
    expect((await client.create(type, { title: "a" })).id).toBe("a");
  });

  test("fail-after: stored, and reported as failed", async () => {
    interruptions.next({ type, name: "a" }, "fail-after");
    await expect(update(2)).rejects.toMatchObject({
      details: expect.stringContaining("may still be processing") as string,
    });
    expect(pages.get("a")?.size).toBe(2);
  });

  test("no-op: confirmed, and not stored", async () => {
    interruptions.next({ type }, "no-op");
    expect(await update(3)).toEqual({ title: "a", size: 3 });
    expect(pages.has("a")).toBe(false);
  });

  test("a delay is as long as it says", async () => {
    interruptions.next({ type }, { delayMilliseconds: 150 });
    const started = performance.now();
    await update(4);
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
    expect(pages.get("a")?.size).toBe(4);
  });

  test("meets only the resource it names, and no preview", async () => {
    interruptions.next({ type, name: "b" }, "fail-before");
    await update(1);
    await client.create(type, { title: "b" }, { preview: true });
    await expect(client.create(type, { title: "b" })).rejects.toThrow("Internal Server Error");
  });
});
