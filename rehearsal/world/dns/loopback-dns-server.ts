import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { createServer, type Server, type Socket } from "node:net";
import dnsPacket, { type DecodedPacket } from "dns-packet";
import {
  emptyResponse,
  encodeResponse,
  queryProblem,
  questionOf,
  rcode,
  type Question,
  type Response,
} from "./dns-message.ts";
import { takeMessages } from "./tcp-messages.ts";

/** Answers one question; what it throws becomes SERVFAIL. */
export type Answerer = (question: Question) => Response | Promise<Response>;

/** Port numbers are tried until both transports are free on one. */
const tries = 20;

/** A DNS server on one loopback port, over UDP and TCP. */
export class LoopbackDnsServer {
  /** `127.0.0.1:PORT`, the form in which resolvers are told of servers. */
  readonly address: string;
  readonly port: number;
  readonly #udp: UdpSocket;
  readonly #tcp: Server;
  readonly #connections = new Set<Socket>();
  readonly #answer: Answerer;
  #stopped = false;

  private constructor(udp: UdpSocket, tcp: Server, port: number, answer: Answerer) {
    this.#udp = udp;
    this.#tcp = tcp;
    this.#answer = answer;
    this.port = port;
    this.address = `127.0.0.1:${String(port)}`;
    udp.on("message", (bytes, { address, port: from }) => {
      void this.#respond(bytes, "udp").then((response) => {
        if (response !== undefined && !this.#stopped) udp.send(response, from, address);
      });
    });
    tcp.on("connection", (socket) => {
      this.#serve(socket);
    });
  }

  /** @throws Error when no port is free on both transports. */
  static async start(answer: Answerer): Promise<LoopbackDnsServer> {
    for (let attempt = 1; ; attempt += 1) {
      const tcp = createServer();
      const port = await listening(tcp);
      const udp = createSocket("udp4");
      try {
        await bound(udp, port);
        return new LoopbackDnsServer(udp, tcp, port, answer);
      } catch (error) {
        udp.close();
        tcp.close();
        if (attempt === tries) throw error;
      }
    }
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const socket of this.#connections) socket.destroy();
    await Promise.all([
      new Promise<void>((resolve) => this.#udp.close(resolve)),
      new Promise<void>((resolve) => {
        this.#tcp.close(() => {
          resolve();
        });
      }),
    ]);
  }

  #serve(socket: Socket): void {
    this.#connections.add(socket);
    socket.once("close", () => this.#connections.delete(socket));
    // An asker that hangs up early has its reasons.
    socket.on("error", () => socket.destroy());
    takeMessages(socket, (bytes) => {
      void this.#respond(bytes, "tcp").then((response) => {
        if (response === undefined || socket.destroyed) return;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(response.length);
        socket.write(Buffer.concat([length, response]));
      });
    });
  }

  /** Nothing for what is no query: an answer to an answer would go on for ever. */
  async #respond(bytes: Buffer, transport: "udp" | "tcp"): Promise<Buffer | undefined> {
    let query: DecodedPacket;
    try {
      query = dnsPacket.decode(bytes);
    } catch {
      return malformed(bytes);
    }
    if (query.flag_qr) return undefined;
    return encodeResponse(query, await this.#responseTo(query), transport);
  }

  async #responseTo(query: DecodedPacket): Promise<Response> {
    const problem = queryProblem(query);
    if (problem !== undefined) return emptyResponse(problem);
    try {
      return await this.#answer(questionOf(query));
    } catch {
      return emptyResponse(rcode.serverFailure);
    }
  }
}

/** FORMERR under the query's own id, where there is as much as a header. */
const malformed = (bytes: Buffer): Buffer | undefined => {
  const isQuery = bytes.length >= 12 && ((bytes[2] ?? 0) & 0x80) === 0;
  if (!isQuery) return undefined;
  return dnsPacket.encode({
    type: "response",
    id: bytes.readUInt16BE(0),
    flags: rcode.formatError,
  });
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });

const bound = (socket: UdpSocket, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(port, "127.0.0.1", resolve);
  });
