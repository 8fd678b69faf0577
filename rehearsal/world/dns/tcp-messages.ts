import type { Socket } from "node:net";

/** Calls `take` with each DNS message of a TCP stream, where two bytes of length stand before it. */
export const takeMessages = (socket: Socket, take: (message: Buffer) => void): void => {
  let pending = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2) {
      const end = 2 + pending.readUInt16BE(0);
      if (pending.length < end) return;
      take(pending.subarray(2, end));
      pending = pending.subarray(end);
    }
  });
};
