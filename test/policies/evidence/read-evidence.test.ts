import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readEvidence } from "../../../policies/evidence/read-evidence.ts";
import { evidenceNamespace } from "../../../policies/evidence/sshsig.ts";
import { makePeople, type RehearsalPeople } from "../../../rehearsal/people/rehearsal-people.ts";
import { throwawayKey } from "../../../rehearsal/people/throwaway-key.ts";
import { about, answered, approved, broken } from "./statements.ts";

const roles = { releaseManager: {}, devOps: {}, dba: {} };

let folder: string;
let people: RehearsalPeople;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cutover-evidence-"));
  people = await makePeople(folder, { name: "lms", roles });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What is accepted, and why the rest is not. */
const read = async () => {
  const { signed, rejected } = await readEvidence(folder, about);
  for (const { reason } of rejected) expect(reason).toMatch(/^[^\n]{5,200}$/);
  return {
    accepted: signed.map(({ person, statement }) => `${statement.statement} by ${person}`),
    reasons: rejected.map(({ reason }) => reason),
  };
};
const put = (name: string, content: string | Buffer) =>
  writeFile(join(folder, "lms", name), content);
const edit = async (file: string, change: (text: string) => string | Buffer) =>
  writeFile(file, change(await readFile(file, "utf8")));

test("a statement counts for the person who signed it in a role of theirs", async () => {
  await people.state(answered);
  await people.state(approved);
  expect(await read()).toEqual({
    accepted: ["checkpoint by releaseManager", "approval by devOps"],
    reasons: [],
  });
});

test("where nothing is stated there is nothing, and no error", async () =>
  expect(await read()).toEqual({ accepted: [], reasons: [] }));

test("what is about another stack or definition is passed over", async () => {
  await people.state({ ...approved, stack: "staging" });
  await people.state({ ...approved, definition: "0".repeat(64) });
  expect(await read()).toEqual({ accepted: [], reasons: [] });
});

test("who broke the glass is read whatever the definition is by now, and is known by its digest when it no longer counts", async () => {
  const earlier = { ...broken, definition: "0".repeat(64) };
  const file = await people.state(earlier);
  const sha256 = createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
  const { signed } = await readEvidence(folder, about);
  expect(signed).toMatchObject([{ person: "devOps", sha256 }]);
  await people.state({ ...earlier, stack: "staging" });
  await writeFile(join(folder, "allowed_signers"), "");
  const { signed: left, rejected } = await readEvidence(folder, about);
  expect(left).toEqual([]);
  expect(rejected).toMatchObject([{ kind: "break-glass", sha256 }]);
});

test.for([
  ["two lines", "nobody\nanswers"],
  ["nothing", ""],
  ["what is not seen", "a\u202eb"],
  ["a whole story", "a".repeat(301)],
] as const)("a reason of %s is none", async ([, reason]) => {
  await people.state({ ...broken, reason });
  expect(await read()).toEqual({ accepted: [], reasons: ["reason is not as expected"] });
});

test("any flipped bit of a statement or of its signature takes it out", async () => {
  const file = await people.state(answered);
  const original = { text: await readFile(file), signature: await readFile(`${file}.sig`) };
  const part = fc.constantFrom("text", "signature");
  await fc.assert(
    fc.asyncProperty(part, fc.nat(), fc.integer({ min: 0, max: 7 }), async (which, at, bit) => {
      const changed = Buffer.from(original[which]);
      const index = at % changed.length;
      changed[index] = (changed[index] ?? 0) ^ (1 << bit);
      await writeFile(file, which === "text" ? changed : original.text);
      await writeFile(`${file}.sig`, which === "signature" ? changed : original.signature);
      expect((await read()).accepted).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

describe("edited after signing", () => {
  test.for([
    ["an answer", (text: string) => text.replace('"yes"', '"no"'), "its signature does not fit"],
    ["a key twice", (text: string) => text.replace("{", '{"role":"dba",'), "not canonical"],
    ["spelled otherwise", (text: string) => text.replace("lms", "\\u006cms"), "not canonical"],
    [
      "another number",
      (text: string) => text.replace('"sequence":3', '"sequence":3.0'),
      "canonical",
    ],
    ["an exponent", (text: string) => text.replace('"sequence":3', '"sequence":3e0'), "canonical"],
    ["a line's end", (text: string) => `${text}\n`, "not canonical"],
    ["Windows line ends", (text: string) => text.replace("{", "{\r\n"), "not canonical"],
    ["a byte-order mark", (text: string) => `\u{feff}${text}`, "it is no JSON"],
    ["a null byte", (text: string) => `${text}\0`, "it is no JSON"],
    ["bytes that are no text", () => Buffer.from([0x7b, 0xff, 0x7d]), "it is no UTF-8"],
    ["half a character", (text: string) => text.replace("canary", "\\ud800"), "not canonical"],
    ["nothing left", () => "", "it is no JSON"],
    ["deep nesting", () => "[".repeat(30_000) + "]".repeat(30_000), "it is"],
    ["another kind of thing", () => '["statement"]', "it is no statement known here"],
    ["a surplus key", (text: string) => text.replace("{", '{"__proto__":{},'), "it is no"],
  ] as const)("%s: refused", async ([, change, reason]) => {
    await edit(await people.state(answered), change);
    const { accepted, reasons } = await read();
    expect(accepted).toEqual([]);
    expect(reasons).toEqual([expect.stringContaining(reason)]);
  });
  test("letters that look alike are other letters: the signature no longer fits", async () => {
    await edit(await people.state(answered), (text) => text.replace("error", "\u{435}rror"));
    expect((await read()).reasons).toEqual(["its signature does not fit its text"]);
  });
});

describe("signed by whom it may not be", () => {
  const stranger = throwawayKey();
  const signedBy = async (key: typeof stranger, namespace = evidenceNamespace) => {
    const file = await people.state(approved);
    await writeFile(`${file}.sig`, key.sign(await readFile(file), namespace));
  };
  const allow = (line: string) =>
    edit(join(folder, "allowed_signers"), (text) => `${text}${line}\n`);
  const know = (entry: string) => edit(join(folder, "people.yaml"), (text) => `${text}${entry}\n`);

  test.for([
    ["a key that nobody allows", "", "allowed_signers does not allow its key"],
    ["a key for another purpose", 'devOps@rehearsal.example namespaces="git"', "does not allow"],
    ["an authority's key", "devOps@rehearsal.example cert-authority", "cert-authority is not acc"],
    ["another person's key", "dba@rehearsal.example", "another person's key"],
    ["a key of two people", "dba@rehearsal.example,devOps@rehearsal.example", "two people"],
    ["a pattern", "*@rehearsal.example", "a principal is a pattern"],
  ] as const)("%s: refused", async ([, line, reason]) => {
    if (line !== "") await allow(`${line} ${stranger.line}`);
    await signedBy(stranger);
    const { accepted, reasons } = await read();
    expect(accepted).toEqual([]);
    expect(reasons).toEqual([expect.stringContaining(reason)]);
  });

  test("a second key of the same person counts as that person", async () => {
    await allow(`devOps@rehearsal.example ${stranger.line}`);
    await signedBy(stranger);
    expect((await read()).accepted).toEqual(["approval by devOps"]);
  });

  test("a second principal of the same person counts as that person", async () => {
    await edit(join(folder, "people.yaml"), (text) =>
      text.replace("- devOps@rehearsal.example", "- devOps@rehearsal.example\n      - ops@example"),
    );
    await allow(`ops@example,devOps@rehearsal.example ${stranger.line}`);
    await signedBy(stranger);
    expect((await read()).accepted).toEqual(["approval by devOps"]);
  });

  test("a key on two lines could be two people's: refused", async () => {
    await allow(`dba@rehearsal.example ${stranger.line}`);
    await allow(`devOps@rehearsal.example ${stranger.line}`);
    await signedBy(stranger);
    expect((await read()).reasons).toEqual(["allowed_signers has its key on two lines"]);
  });

  test("a signature made for another purpose: refused", async () => {
    await allow(`devOps@rehearsal.example ${stranger.line}`);
    await signedBy(stranger, "git");
    expect((await read()).reasons).toEqual([expect.stringContaining("namespace git")]);
  });

  test("a role that the person does not have: refused", async () => {
    await people.state({ ...approved, role: "dba" });
    await edit(join(folder, "people.yaml"), (text) =>
      text.replace("lms:\n        - dba", "lms: []"),
    );
    expect((await read()).reasons).toEqual(["who signed it does not have that role"]);
  });

  test("a role for another system: refused", async () => {
    await people.state(approved);
    await edit(join(folder, "people.yaml"), (text) => text.replaceAll("lms:", "nxop:"));
    expect((await read()).reasons).toEqual(["who signed it does not have that role"]);
  });

  test("who is called the same twice is nobody: nothing is read", async () => {
    await people.state(approved);
    await know("  - { name: DBA, principals: [other@example], roles: {} }");
    await expect(read()).rejects.toThrow("evidence/people.yaml: it gives a name twice");
  });
});

describe("files that are none", () => {
  test("a folder, a link, a pipe and a huge file are refused, and none is waited for", async () => {
    await mkdir(join(folder, "lms", "folder.json"));
    await symlink(await people.state(approved), join(folder, "lms", "link.json"));
    execFileSync("mkfifo", [join(folder, "lms", "pipe.json")]);
    await put("huge.json", Buffer.alloc(70_000, " "));
    const { accepted, reasons } = await read();
    expect(accepted).toEqual(["approval by devOps"]);
    expect(reasons).toEqual([
      "it is no plain file",
      "it has 70000 bytes, and at most 65536 are read",
      expect.stringContaining("ELOOP"),
      "it is no plain file",
    ]);
  });

  test("a statement without its signature is refused", async () => {
    await rm(`${await people.state(approved)}.sig`);
    expect((await read()).reasons).toEqual([expect.stringContaining("signature beside it")]);
  });

  test("a statement about another system is refused, whatever folder it lies in", async () => {
    await people.state({ ...approved, system: "nxop" });
    expect((await read()).reasons).toEqual(["it is about another system"]);
  });

  test("a name that a terminal would obey is not printed", async () => {
    await put("\u001b[2J.json", "{}");
    const { rejected } = await readEvidence(folder, about);
    expect(rejected.map(({ file }) => file)).toEqual(["evidence/lms/(a name that is not printed)"]);
  });

  test.for([
    ["allowed_signers", "evidence/allowed_signers: there is no such file"],
    ["people.yaml", "evidence/people.yaml: there is no such file"],
  ] as const)("without %s nothing can be told", async ([file, reason]) => {
    await rm(join(folder, file));
    await expect(read()).rejects.toThrow(reason);
  });

  test.for(["people: [", "people: 1", "a: &a [1]\npeople: *a", "people: []\npeople: []", ""])(
    "people.yaml that says %j is refused in one line",
    async (text) => {
      await writeFile(join(folder, "people.yaml"), text);
      await expect(read()).rejects.toThrow(/^evidence\/people\.yaml: [^\n]{5,160}$/);
    },
  );
});

test("whatever lies in the folder, reading it never crashes and accepts nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.json(), fc.string({ unit: "binary" }), fc.uint8Array()),
      async (content) => {
        await put("any.json", typeof content === "string" ? content : Buffer.from(content));
        await put("any.json.sig", "");
        expect((await read()).accepted).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});
