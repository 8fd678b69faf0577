import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { NotAccepted } from "./refusal.ts";

/**
 * Reads a small file that is really one: no link, whose target another could change, no folder, no pipe.
 * @throws NotAccepted for anything else; the system's own error when it cannot be opened.
 */
export const smallFile = async (path: string, mostBytes: number): Promise<Buffer> => {
  // Opening a pipe would wait for its other end.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new NotAccepted("it is no plain file");
    if (info.size > mostBytes) {
      throw new NotAccepted(`it has ${info.size} bytes, and at most ${mostBytes} are read`);
    }
    const buffer = Buffer.alloc(mostBytes + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > mostBytes) throw new NotAccepted("it grew while it was read");
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};
