import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allRules } from "../../policies/all-rules.ts";
import { cutoverProps, cutoverUrn } from "./cutover-component.ts";

interface Diagnostic {
  readonly policyname: string;
  readonly message: string;
  readonly enforcementlevel: number;
}

/** A message of Pulumi's protocol, as the generated stubs make them. */
interface Message {
  toObject(): unknown;
}

interface AnalyzeRequest extends Message {
  setType(type: string): void;
  setUrn(urn: string): void;
  setName(name: string): void;
  setProperties(properties: Message): void;
  setOptions(options: Message): void;
}

type Method = (request: Message, done: (error: Error | null, answer: Message) => void) => void;

const require = createRequire(import.meta.url);
const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb.js") as {
  readonly AnalyzerClient: new (
    address: string,
    of: ReturnType<typeof credentials.createInsecure>,
  ) => { readonly analyze: Method; readonly getAnalyzerInfo: Method };
};
const proto = require("@pulumi/pulumi/proto/analyzer_pb.js") as {
  readonly AnalyzeRequest: new () => AnalyzeRequest;
  readonly AnalyzerResourceOptions: new () => Message;
  readonly EnforcementLevel: { readonly MANDATORY: number };
};
const { Empty } = require("google-protobuf/google/protobuf/empty_pb.js") as {
  readonly Empty: new () => Message;
};
const { Struct } = require("google-protobuf/google/protobuf/struct_pb.js") as {
  readonly Struct: { fromJavaScript(value: object): Message };
};

/** The pack, started as the engine starts it: by Pulumi's launcher, without tsx and without arguments for Node. */
const pack = spawn(
  process.execPath,
  [
    require.resolve("@pulumi/pulumi/cmd/run-policy-pack"),
    "127.0.0.1:1",
    fileURLToPath(new URL("../../policies/", import.meta.url)),
  ],
  // As in a preview, so that it leaves no verdict for a program.
  {
    env: { PATH: process.env["PATH"], PULUMI_NODEJS_DRY_RUN: "true" },
    stdio: ["ignore", "pipe", "inherit"],
  },
);
let call: (method: "analyze" | "getAnalyzerInfo", request: Message) => Promise<unknown>;

beforeAll(async () => {
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(pack.stdout).once("line", resolve);
    pack.once("exit", () => {
      reject(new Error("the pack ended before it said its port"));
    });
  });
  const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure());
  call = (method, request) =>
    new Promise((resolve, reject) => {
      client[method](request, (error, answer) => {
        if (error === null) resolve(answer.toObject());
        else reject(error);
      });
    });
});

afterAll(() => {
  pack.kill();
});

const analyze = async (from: string, to: string): Promise<readonly Diagnostic[]> => {
  const request = new proto.AnalyzeRequest();
  request.setType("cutover:index:Cutover");
  request.setUrn(cutoverUrn);
  request.setName("lms-cutover");
  request.setProperties(Struct.fromJavaScript(cutoverProps(from, to)));
  request.setOptions(new proto.AnalyzerResourceOptions());
  const answer = (await call("analyze", request)) as {
    readonly diagnosticsList: readonly Diagnostic[];
  };
  return answer.diagnosticsList;
};

test("every rule is in it, with both nets for the traffic resource", async () => {
  const info = (await call("getAnalyzerInfo", new Empty())) as {
    readonly name: string;
    readonly policiesList: readonly { readonly name: string }[];
  };
  expect(info.name).toBe("cutover-gates");
  expect(info.policiesList.map(({ name }) => name)).toEqual([
    ...allRules.map(({ name }) => name),
    "traffic-under-cutover",
    "stack-structure",
  ]);
});

test("S1-2: a jump is refused, each violation mandatory", async () => {
  const violations = await analyze("baseline", "half");
  expect(violations.map(({ policyname }) => policyname)).toContain("ladder");
  expect(new Set(violations.map(({ enforcementlevel }) => enforcementlevel))).toEqual(
    new Set([proto.EnforcementLevel.MANDATORY]),
  );
  expect(violations.find(({ policyname }) => policyname === "read-back")?.message).toContain(
    "CUTOVER_WORLD is not set",
  );
});

test("S1-3: a rollback is not", async () => {
  expect(await analyze("full", "baseline")).toEqual([]);
});

test("S1-52: a first move waits for its backup, and for a cluster that says whose the route is", async () => {
  const refused = await analyze("(none)", "baseline");
  expect(refused.map(({ policyname }) => policyname)).toEqual(["sole-owner", "backup-proof"]);
});
