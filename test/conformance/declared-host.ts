import * as grpc from "@grpc/grpc-js";
import languageGrpc from "@pulumi/pulumi/proto/language_grpc_pb.js";
import languagePb from "@pulumi/pulumi/proto/language_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import resourceGrpc from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { CallFailed, listen, unary } from "../../rehearsal/engine/grpc-calls.ts";
import { DeclaredProgram } from "../rehearsal/engine/declared-program.ts";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";

/**
 * A language host for the real CLI that registers a declaration from within the test's process, by the same code
 * that registers it with the embedded engine.
 */
export const hostOf = async (
  declaration: Declaration,
): Promise<{ readonly address: string; close(): void }> => {
  const server = new grpc.Server();
  server.addService(languageGrpc.LanguageRuntimeService, {
    getPluginInfo: unary(() => {
      const info = new pluginPb.PluginInfo();
      info.setVersion("1.0.0");
      return info;
    }),
    getRequiredPackages: unary(() => new languagePb.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(() => new languagePb.GetRequiredPluginsResponse()),
    cancel: unary(() => new emptyPb.Empty()),
    run: unary(async (request: InstanceType<typeof languagePb.RunRequest>) => {
      const response = new languagePb.RunResponse();
      const client = new resourceGrpc.ResourceMonitorClient(
        request.getMonitorAddress(),
        grpc.credentials.createInsecure(),
      );
      const update = {
        dryRun: request.getDryrun(),
        stack: request.getStack(),
        project: request.getProject(),
      };
      try {
        await new DeclaredProgram(client, update, declaration).run();
      } catch (error) {
        // The engine knows already why it refused a registration.
        if (error instanceof CallFailed) response.setBail(true);
        else response.setError(error instanceof Error ? error.message : String(error));
      } finally {
        client.close();
      }
      return response;
    }),
  } satisfies grpc.UntypedServiceImplementation);
  const address = await listen(server);
  return { address, close: () => server.forceShutdown() };
};
