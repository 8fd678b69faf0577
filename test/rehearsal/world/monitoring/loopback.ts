import { createServer, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";

/** Serves HTTP on a free loopback port until the test has finished; returns `http://127.0.0.1:port`. */
export const loopback = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
};
