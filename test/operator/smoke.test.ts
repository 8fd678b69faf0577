import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import type { SmokeTest } from "../../definition/checks.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import { smoke } from "../../operator/smoke.ts";
import type { OperatedSystem } from "../../operator/stack.ts";
import { lms } from "../../stacks/lms.ts";
import { operatedLms } from "./operated-lms.ts";
import { hang, json, localSource } from "../policies/facts/local-source.ts";

const login: SmokeTest = {
  ...{ id: "1", title: "Login", expected: "a session", source: "S1-85" },
  method: "POST",
  path: "/session",
  body: { user: "test" },
  says: { state: "open" },
};

/** The system in production, with green at an address. */
const inProduction = (
  address: string,
  changes: Partial<OperatedSystem> = {},
  tests: SystemDefinition["smokeTests"] = [login],
): OperatedSystem => {
  const { blue, green } = lms.environments;
  const definition = {
    ...lms,
    environments: { blue, green: { ...green, address } },
    smokeTests: tests,
  };
  return operatedLms({
    definition,
    system: settle(definition, { rehearsal: true, file: "stacks/lms.ts" }),
    environment: "production",
    workspace: {
      ...{ directory: "/nowhere", stack: "prod", backendUrl: "" },
      environment: { LMS_TEST_ACCOUNT: "Bearer secret" },
    },
    ...changes,
  });
};
const problems = async (operated: OperatedSystem): Promise<readonly (readonly string[])[]> => {
  const found: (readonly string[])[] = [];
  for await (const result of smoke(operated, "green")) found.push(result.problems);
  return found;
};

test("S1-85: a call goes to green's own address, as the test account, with its JSON", async () => {
  const { url, asked } = await localSource(() => json({ state: "open" }, 201));
  expect(await problems(inProduction(url))).toEqual([[]]);
  expect(asked[0]).toMatchObject({
    path: "/session",
    headers: { authorization: "Bearer secret", "content-type": "application/json" },
  });
});

test.for([
  [() => json({ state: "closed" }), "POST /session says state: closed, not open"],
  [() => json("<html>"), "POST /session says state: nothing, not open"],
  [() => json({}, 500), "POST /session answers 500"],
  // A login page would answer well.
  [() => json({ state: "open" }, 302), "POST /session answers 302"],
] as const)(
  "%#: an answer that is not what the plan says fails the test",
  async ([answer, says]) => {
    const { url } = await localSource(answer);
    expect(await problems(inProduction(url))).toEqual([[says]]);
  },
);

test("who cannot be reached fails each test, and no message holds the account", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const nobody = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise((resolve) => server.close(resolve));
  const [found = []] = await problems(inProduction(nobody));
  expect(found).toEqual(["POST /session could not be sent, or was not answered (ECONNREFUSED)"]);
  // A header that Node refuses is quoted by its error.
  const environment = { LMS_TEST_ACCOUNT: "secret\nsecret" };
  const workspace = { ...inProduction("").workspace, environment };
  expect(String(await problems(inProduction(nobody, { workspace })))).not.toContain("secret");
});

test("an interrupted run ends with the test that was under way", async () => {
  const { url } = await localSource(() => hang);
  const signal = AbortSignal.timeout(100);
  const both = inProduction(url, { signal }, [login, { ...login, id: "2" }]);
  expect(await problems(both)).toEqual([["POST /session was interrupted"]]);
});

test("without the test account nothing is sent, and the variable is named", async () => {
  const { url, asked } = await localSource(() => json({}));
  const { workspace } = inProduction(url);
  const nobody = inProduction(url, { workspace: { ...workspace, environment: {} } });
  await expect(problems(nobody)).rejects.toThrow(
    "cutover smoke: LMS_TEST_ACCOUNT is not set, expected what the test account sends as authorization. See testAccount in stacks/lms.ts.",
  );
  expect(asked).toEqual([]);
});
