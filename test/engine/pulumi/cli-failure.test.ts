import { hostname } from "node:os";
import { expect, test } from "vitest";
import { StackLocked } from "../../../engine/engine.ts";
import { failureBeforeBeginning } from "../../../engine/pulumi/cli-failure.ts";

const workspace = {
  directory: "/project",
  stack: "prod",
  backendUrl: "s3://states",
  environment: {},
};

const lockedBy = (host: string, pid: number): string =>
  "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es) to end or delete the " +
  `lock file with \`pulumi cancel\`.\n  s3://states/.pulumi/locks/x.json: created by ann@${host} (pid ${pid}) at 2026-03-01T22:41:00Z\n`;

test("a lock in a bucket names its holder", () => {
  expect(failureBeforeBeginning(workspace, lockedBy("build-7", 4711))).toMatchObject({
    name: "StackLocked",
    holder: {
      pid: 4711,
      hostname: "build-7",
      username: "ann",
      since: "2026-03-01T22:41:00.000Z",
      dead: false,
    },
  });
});

test("a holder on this host is dead when its process is gone, and alive when it runs", () => {
  expect(failureBeforeBeginning(workspace, lockedBy(hostname(), 2 ** 22 + 1))).toMatchObject({
    holder: { dead: true },
  });
  expect(failureBeforeBeginning(workspace, lockedBy(hostname(), process.pid))).toMatchObject({
    holder: { dead: false },
  });
});

test("another update in Pulumi Cloud is a lock that nobody here may clear", () => {
  const refused = failureBeforeBeginning(
    workspace,
    "error: [409] Conflict: Another update is currently in progress.",
  );
  expect(refused).toBeInstanceOf(StackLocked);
  expect(refused).toMatchObject({ holder: { dead: false } });
});

test("anything else is said in one line", () => {
  expect(
    failureBeforeBeginning(workspace, "warning: old\nerror: incorrect passphrase.\nusage: …\n")
      .message,
  ).toBe(
    "stack prod in /project: refused by the Pulumi CLI (incorrect passphrase), expected a project, a stack and a " +
      "policy pack that it accepts. Nothing changed.",
  );
});
