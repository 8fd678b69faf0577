import type { IEngineServer } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import enginePb from "@pulumi/pulumi/proto/engine_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import { unary, unsupported } from "../grpc-calls.ts";
import type { OperationLog } from "../../../engine/operation-log.ts";

const { LogSeverity } = enginePb;

/** The service to which the program, its packs and its providers log. */
export function engineServer(log: OperationLog): IEngineServer {
  let root = "";
  return {
    log: unary((request) => {
      // Debug lines come by the thousand, and what is ephemeral was never meant to be kept.
      if (request.getSeverity() !== LogSeverity.DEBUG && !request.getEphemeral()) {
        log.say(severityOf(request.getSeverity()), request.getMessage(), request.getUrn());
      }
      return new emptyPb.Empty();
    }),
    getRootResource: unary(() => {
      const response = new enginePb.GetRootResourceResponse();
      response.setUrn(root);
      return response;
    }),
    setRootResource: unary((request) => {
      root = request.getUrn();
      return new enginePb.SetRootResourceResponse();
    }),
    startDebugging: unsupported("attaching a debugger"),
    requirePulumiVersion: unsupported("requirePulumiVersion: it is no Pulumi of any version"),
  };
}

function severityOf(
  severity: LogRequest["getSeverity"] extends () => infer Value ? Value : never,
): "info" | "warning" | "error" {
  switch (severity) {
    case LogSeverity.ERROR:
      return "error";
    case LogSeverity.WARNING:
      return "warning";
    default:
      return "info";
  }
}
