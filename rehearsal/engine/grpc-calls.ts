import * as grpc from "@grpc/grpc-js";

/** The longest message that either side accepts, in bytes: Pulumi's own limit. */
const longestMessage = 400 * 1024 * 1024;

/** Channel options of every connection. */
export const channelOptions: grpc.ChannelOptions = {
  "grpc.max_receive_message_length": longestMessage,
  "grpc.max_send_message_length": longestMessage,
};

/** A failed call: what the other side said, with its status code. */
export class CallFailed extends Error {
  override readonly name = "CallFailed";
  readonly code: grpc.status;
  readonly metadata: grpc.Metadata;
  constructor(error: grpc.ServiceError) {
    super(error.details === "" ? error.message : error.details);
    this.code = error.code;
    this.metadata = error.metadata;
  }
}

/** Calls a method of a generated service. @throws CallFailed */
export function call<Request, Response>(
  client: grpc.Client,
  method: grpc.MethodDefinition<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      (error, response) => {
        if (error !== null) {
          reject(new CallFailed(error));
        } else if (response === undefined) {
          reject(new Error(`${method.path} answered without a message`));
        } else {
          resolve(response);
        }
      },
    );
  });
}

/** True if the other side does not know the method at all. */
export function isUnimplemented(error: unknown): boolean {
  return error instanceof CallFailed && error.code === grpc.status.UNIMPLEMENTED;
}

/** A handler of a generated service, of a function that answers or throws. */
export function unary<Request, Response>(
  answer: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (request, callback) => {
    void (async () => {
      try {
        callback(null, await answer(request.request));
      } catch (error) {
        callback({
          code: grpc.status.UNKNOWN,
          details: error instanceof Error ? error.message : String(error),
        });
      }
    })();
  };
}

/** A handler that says that the embedded engine lacks what was asked for. */
export function unsupported<Request, Response>(
  feature: string,
): grpc.handleUnaryCall<Request, Response> {
  return (_request, callback) => {
    callback({
      code: grpc.status.UNIMPLEMENTED,
      details: `the embedded engine does not support ${feature}`,
    });
  };
}

/** A gRPC server on a free port of the loopback interface. */
export async function listen(server: grpc.Server): Promise<string> {
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return `127.0.0.1:${port}`;
}
