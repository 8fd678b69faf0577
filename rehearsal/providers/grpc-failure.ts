import * as grpc from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import rpcStatus from "@pulumi/pulumi/proto/status_pb.js";
import anyMessage from "google-protobuf/google/protobuf/any_pb.js";
import { InitializationFailed } from "./initialization-failed.ts";
import type { Properties } from "./property-values.ts";
import { toStruct } from "./struct-values.ts";

const initializationDetails = (failure: InitializationFailed, inputs: Properties): Uint8Array => {
  const detail = new provider.ErrorResourceInitFailed();
  detail.setId(failure.id);
  detail.setProperties(toStruct(failure.outputs));
  detail.setInputs(toStruct(inputs));
  detail.setReasonsList([failure.message, ...failure.reasons]);
  const packed = new anyMessage.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new rpcStatus.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(failure.message);
  status.addDetails(packed);
  return status.serializeBinary();
};

/**
 * What a verb threw, as the engine understands it: the message, and for a resource that exists without
 * being ready its id and outputs, so that the engine records it.
 */
export const grpcFailure = (thrown: unknown, inputs: Properties): Partial<grpc.StatusObject> => {
  const details = thrown instanceof Error ? thrown.message : String(thrown);
  if (!(thrown instanceof InitializationFailed)) return { code: grpc.status.UNKNOWN, details };
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(initializationDetails(thrown, inputs)));
  return { code: grpc.status.UNKNOWN, details, metadata };
};
