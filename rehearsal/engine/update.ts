import * as grpc from "@grpc/grpc-js";
import resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import { DefaultProviders } from "./providers/default-providers.ts";
import { deferred } from "./deferred.ts";
import { Deployment } from "./deployment.ts";
import { channelOptions, listen } from "./grpc-calls.ts";
import { monitorServer } from "./program/monitor-server.ts";
import type { Operation } from "./operation.ts";
import { programFailure, type RunningProgram } from "./program/program-process.ts";

/** A program that is done ends by itself within moments; one that does not is ended. */
const farewellMilliseconds = 2_000;

/** Runs the program and brings the stack to what it registers, or says what that would take. */
export async function runUpdate(operation: Operation): Promise<void> {
  const { context, stack, log } = operation;
  const deployment = new Deployment(context, operation.parallel);
  const programDone = deferred<undefined>();
  const mayEnd = deferred<undefined>();
  const server = new grpc.Server(channelOptions);
  const monitor = monitorServer({
    context,
    deployment,
    defaultProviders: new DefaultProviders(deployment, stack.config),
    onProgramDone: () => {
      programDone.resolve(undefined);
      return mayEnd.promise;
    },
  });
  server.addService(resourceGrpc.ResourceMonitorService, { ...monitor });
  const program = operation.startProgram(
    {
      project: stack.project,
      stack: context.stack,
      config: stack.config,
      monitorAddress: await listen(server),
      engineAddress: operation.engineAddress,
      dryRun: operation.dryRun,
      parallel: operation.parallel,
      environment: stack.workspace.environment,
    },
    log,
  );
  let ending = false;
  const ended = (failure: string | undefined): void => {
    if (failure === undefined || ending) {
      programDone.resolve(undefined);
      return;
    }
    if (failure === "") {
      log.fail();
    } else {
      log.error(failure);
    }
    deployment.stop();
  };
  program.exited.then(
    (exit) => ended(programFailure(exit)),
    (error: unknown) => ended(`the program cannot be started: ${String(error)}`),
  );
  const unsubscribe = stopOnAbort(operation, deployment);
  try {
    await Promise.race([programDone.promise, deployment.stopped]);
    await Promise.race([deployment.deleteRest(), deployment.stopped]);
    await deployment.finish();
  } finally {
    unsubscribe();
    ending = true;
    mayEnd.resolve(undefined);
    await Promise.all([
      sayFarewell(program, log.failed),
      ...context.packs.map((pack) => pack.end()),
    ]);
    server.forceShutdown();
  }
}

/** Stops the update when the caller aborts; returns what ends the listening. */
export function stopOnAbort({ options, log }: Operation, deployment: { stop(): void }): () => void {
  const { signal } = options;
  const abort = (): void => {
    log.error("the operation was cancelled");
    deployment.stop();
  };
  if (signal?.aborted === true) {
    abort();
  }
  signal?.addEventListener("abort", abort, { once: true });
  return () => signal?.removeEventListener("abort", abort);
}

/** A program whose registration failed waits for an answer that never comes: it is not asked twice. */
async function sayFarewell(program: RunningProgram, failed: boolean): Promise<void> {
  if (failed) {
    await program.end();
    return;
  }
  const farewell = setTimeout(() => void program.end(), farewellMilliseconds);
  await program.exited.catch(() => undefined);
  clearTimeout(farewell);
}
