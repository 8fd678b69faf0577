import * as grpc from "@grpc/grpc-js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerPb from "@pulumi/pulumi/proto/analyzer_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Violation } from "../../../engine/engine.ts";
import { deferred } from "../deferred.ts";
import { call, channelOptions, isUnimplemented } from "../grpc-calls.ts";
import { NodeProcess } from "../program/node-process.ts";
import type { NodeProject } from "../program/project.ts";
import type { PropertyMap } from "../values/property-values.ts";
import { fromStruct } from "../values/property-wire.ts";
import {
  requestOf,
  stackResourceOf,
  violationOf,
  type AnalyzedResource,
} from "./analyzer-messages.ts";

const service = analyzerGrpc.AnalyzerService;
/** What a pack needs to know of the stack. */
export interface PackContext {
  readonly project: string;
  readonly stack: string;
  readonly dryRun: boolean;
  readonly config: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly engineAddress: string;
  readonly onLine: (line: string) => void;
}

/** A policy's own change of a resource's inputs, or why it could not make it. */
export interface Remediation {
  readonly policy: string;
  readonly pack: string;
  readonly properties: PropertyMap;
  readonly failure: string;
}

/** A policy pack in a process of its own. */
export class PolicyPack {
  readonly #process: NodeProcess;
  readonly #client: Promise<grpc.Client>;
  readonly #name: string;
  /** False once the pack has said that none of its policies changes anything. */
  #remediates = true;

  /** Starts the pack; whoever asks it first waits until it listens. */
  constructor(project: NodeProject, context: PackContext) {
    this.#name = project.name;
    const listening = deferred<number>();
    let last = "";
    this.#process = new NodeProcess(
      // Like the real engine, which hands a pack's node options to its script, where nobody reads them.
      { ...project, nodeArguments: [] },
      "@pulumi/pulumi/cmd/run-policy-pack",
      [...project.nodeArguments, context.engineAddress, project.programDirectory],
      { ...context.environment, ...packEnvironment(context) },
      (stream, line) => {
        if (stream === "stdout" && /^\d+$/.test(line)) {
          listening.resolve(Number(line));
        } else {
          last = /^\S*error\b.*|^\s*\w*Error: .*/i.test(line) ? line.trim() : last;
          context.onLine(line);
        }
      },
    );
    void this.#process.exited.then(({ code, signal }) =>
      listening.reject(
        new Error(
          `policy pack ${project.root} ended before it listened (${signal ?? `exit code ${String(code)}`})${last === "" ? "" : `: ${last}`}`,
        ),
      ),
    );
    this.#client = listening.promise.then((port) => this.#connect(port, context));
    this.#client.catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.#process.end();
    await this.#client.then((client) => client.close()).catch(() => undefined);
  }

  /** Lets the pack change the inputs of a resource. @throws if a policy crashes */
  async remediate(resource: AnalyzedResource): Promise<readonly Remediation[]> {
    const response = await this.#ask((client) =>
      this.#remediates ? call(client, service.remediate, requestOf(resource)) : undefined,
    );
    if (response === undefined) {
      return [];
    }
    return response.getRemediationsList().map((remediation) => ({
      policy: remediation.getPolicyname(),
      pack: remediation.getPolicypackname(),
      properties: fromStruct(remediation.getProperties()),
      failure: remediation.getDiagnostic(),
    }));
  }

  /** Judges one resource before anything is done to it. @throws if a policy crashes */
  async analyze(resource: AnalyzedResource): Promise<readonly Violation[]> {
    const response = await this.#ask((client) =>
      call(client, service.analyze, requestOf(resource)),
    );
    return response
      .getDiagnosticsList()
      .map((diagnostic) => violationOf(diagnostic, resource.state.urn));
  }

  /** Judges the whole stack after everything was done. @throws if a policy crashes */
  async analyzeStack(
    resources: readonly AnalyzedResource[],
    stackUrn: string,
  ): Promise<readonly Violation[]> {
    const request = new analyzerPb.AnalyzeStackRequest();
    request.setResourcesList(resources.map(stackResourceOf));
    const response = await this.#ask((client) => call(client, service.analyzeStack, request));
    const known = new Set(resources.map(({ state }) => state.urn));
    return response.getDiagnosticsList().map((diagnostic) => {
      const urn = diagnostic.getUrn();
      return violationOf(diagnostic, known.has(urn) ? urn : stackUrn);
    });
  }

  async #ask<Response>(
    question: (client: grpc.Client) => Promise<Response> | Response,
  ): Promise<Response> {
    try {
      return await question(await this.#client);
    } catch (error) {
      throw new Error(
        `policy pack ${this.#name} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  async #connect(port: number, context: PackContext): Promise<grpc.Client> {
    const client = new analyzerGrpc.AnalyzerClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
      channelOptions,
    );
    const stack = new analyzerPb.AnalyzerStackConfigureRequest();
    stack.setStack(context.stack);
    stack.setProject(context.project);
    stack.setOrganization("organization");
    stack.setDryRun(context.dryRun);
    stack.setConfigSecretKeysList([...context.secretKeys]);
    Object.entries(context.config).forEach(([key, value]) => stack.getConfigMap().set(key, value));
    await call(client, service.configureStack, stack).catch((error: unknown) => {
      if (!isUnimplemented(error)) {
        throw error;
      }
    });
    const info = await call(client, service.getAnalyzerInfo, new emptyPb.Empty());
    const initial = info.getInitialconfigMap();
    const levels = info.getPoliciesList().map((policy) => policy.getEnforcementlevel());
    initial.forEach((config) => levels.push(config.getEnforcementlevel()));
    this.#remediates = levels.includes(analyzerPb.EnforcementLevel.REMEDIATE);
    if (initial.getLength() > 0) {
      const request = new analyzerPb.ConfigureAnalyzerRequest();
      initial.forEach((config, policy) => request.getPolicyconfigMap().set(policy, config));
      await call(client, service.configure, request);
    }
    return client;
  }
}

function packEnvironment(context: PackContext): Readonly<Record<string, string>> {
  return {
    PULUMI_NODEJS_ORGANIZATION: "organization",
    PULUMI_NODEJS_PROJECT: context.project,
    PULUMI_NODEJS_STACK: context.stack,
    PULUMI_NODEJS_DRY_RUN: String(context.dryRun),
    PULUMI_CONFIG: JSON.stringify(context.config),
  };
}
