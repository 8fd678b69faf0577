import type { Server } from "node:http";
import type { Socket } from "node:net";

/** Serves clients of Postgres before anybody reads HTTP out of what they say. @returns those that are there */
export const divertPostgres = (
  server: Server,
  serve: (client: Socket) => void,
): ReadonlySet<Socket> => {
  const clients = new Set<Socket>();
  const readHttp = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (socket) => {
    socket.once("readable", () => {
      const first = socket.read() as Buffer | null;
      if (first !== null) socket.unshift(first);
      // They begin with a length, whose first byte is 0; no method of HTTP does.
      if (first?.[0] !== 0) {
        for (const listener of readHttp) listener.call(server, socket);
        return;
      }
      clients.add(socket.once("close", () => clients.delete(socket)));
      serve(socket);
    });
    // One that leaves before it says anything is nobody's yet.
    socket.on("error", () => socket.destroy());
  });
  return clients;
};
