import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { changeAuthors } from "../../../policies/evidence/change-authors.ts";
import { readPeople } from "../../../policies/evidence/people.ts";

const people = await readPeople(
  [
    "people:",
    "  - { name: Ann, principals: [ann@example.com], commits: [ann@home.example], roles: {} }",
    "  - { name: Ben, principals: [ben@example.com], roles: {} }",
    "machines: [merges@example.com]",
  ].join("\n"),
);

let checkout: string;
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const git = (...words: readonly string[]): string =>
  execFileSync("git", words, { cwd: checkout, encoding: "utf8", stdio: "pipe" }).trim();
const write = (file: string, text: string) => {
  writeFileSync(join(checkout, file), text);
};
/** Commits all files, and answers with the commit. */
const commit = (author: string, committer = author): string => {
  git("add", "--all");
  const by = ["-c", `user.name=x`, "-c", `user.email=${committer}`];
  git(...by, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "x", `--author=x <${author}>`);
  return git("rev-parse", "HEAD");
};
let base: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "cutover-checkout-"));
  folders.push(checkout);
  git("init", "-q");
  mkdirSync(join(checkout, "stacks"));
  write("Pulumi.prod.yaml", "0");
  write("stacks/lms.ts", "0");
  base = commit("ann@example.com");
});

const authors = (sinceCommit = base) =>
  changeAuthors(
    checkout,
    { system: "lms", stack: "prod", place: { sequence: 2, follows: "", sinceCommit } },
    people,
  );

test("everybody who changed the stack file or the definition since the last entry", async () => {
  write("Pulumi.prod.yaml", "10");
  commit("ben@example.com");
  expect(await authors()).toEqual(["Ben"]);
  write("stacks/lms.ts", "1");
  commit("ANN@home.example");
  expect(new Set(await authors())).toEqual(new Set(["Ann", "Ben"]));
});

test("who commits another's change has made it too, unless it is a machine that merges", async () => {
  write("Pulumi.prod.yaml", "10");
  commit("ann@example.com", "merges@example.com");
  expect(await authors()).toEqual(["Ann"]);
  write("Pulumi.prod.yaml", "50");
  commit("ann@example.com", "ben@example.com");
  expect(new Set(await authors())).toEqual(new Set(["Ann", "Ben"]));
});

test("what was committed before the last entry, or elsewhere, is no part of the move", async () => {
  write("stacks/other.ts", "1");
  commit("ann@example.com");
  write("Pulumi.prod.yaml", "10");
  commit("ben@example.com");
  expect(await authors()).toEqual(["Ben"]);
});

test("a variable of git does not show another history", async () => {
  write("Pulumi.prod.yaml", "10");
  commit("ben@example.com");
  const shown = checkout;
  checkout = mkdtempSync(join(tmpdir(), "cutover-checkout-"));
  folders.push(checkout);
  git("init", "-q");
  const other = join(checkout, ".git");
  checkout = shown;
  vi.stubEnv("GIT_DIR", other);
  try {
    expect(await authors()).toEqual(["Ben"]);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a change that nobody has committed has no author: refused", async () => {
  write("Pulumi.prod.yaml", "10");
  await expect(authors()).rejects.toThrow(/nobody has committed what is changed .*; commit it/);
});

test("a value that no commit sets has no author: refused", async () => {
  await expect(authors()).rejects.toThrow(
    /no commit since .* changes Pulumi\.prod\.yaml or stacks/,
  );
});

test("an author whom people.yaml does not know could be anybody: refused", async () => {
  write("Pulumi.prod.yaml", "10");
  commit("eve@example.com");
  await expect(authors()).rejects.toThrow(
    "eve@example.com has committed, and evidence/people.yaml",
  );
});

test.for(["", "main", "--output=/tmp/x", "0".repeat(40)])(
  "a history that does not hold %j cannot tell: refused in one line",
  async (since) => {
    write("Pulumi.prod.yaml", "10");
    commit("ben@example.com");
    await expect(authors(since)).rejects.toThrow(/^[^\n]{5,200}$/);
  },
);

test("outside of a checkout nothing can be told: refused in one line", async () => {
  rmSync(join(checkout, ".git"), { recursive: true });
  await expect(authors()).rejects.toThrow(/^[^\n]{5,200}$/);
});
