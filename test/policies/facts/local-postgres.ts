import { createServer, type AddressInfo, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { DatabaseConnection } from "../../../policies/facts/postgres-rows.ts";

/** A server on this machine that does with each connection what it likes, for one test; and how to reach it. */
export const localPostgres = async (
  serve: (socket: Socket) => void,
): Promise<{ readonly connection: DatabaseConnection; readonly connected: () => number }> => {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    connection: {
      ...{ host: "127.0.0.1", port: (server.address() as AddressInfo).port, database: "shop" },
      ...{ user: "rehearsal", password: "rehearsal", tls: "none" },
    },
    connected: () => sockets.length,
  };
};

/** Lets everybody in, and answers whatever is asked with this error. */
export const refusing =
  (code: string, says: string) =>
  (socket: Socket): void => {
    let asked = 0;
    socket.on("data", () => {
      asked += 1;
      if (asked > 1) socket.write(Buffer.concat([error(code, says), ready]));
      else socket.write(Buffer.concat([message("R", Buffer.alloc(4)), ready]));
    });
  };

const message = (kind: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(kind), length, body]);
};

const ready = message("Z", Buffer.from("I"));

const error = (code: string, says: string): Buffer =>
  message("E", Buffer.from(`SERROR\0C${code}\0M${says}\0\0`));
