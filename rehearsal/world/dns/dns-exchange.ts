import { createSocket } from "node:dgram";
import { connect } from "node:net";
import dnsPacket, { type DecodedPacket, type Packet } from "dns-packet";
import type { Question } from "./dns-message.ts";
import { takeMessages } from "./tcp-messages.ts";

/** As many bytes as the asker takes over UDP. */
const udpBytes = 1_232;
/** How long one try may take, wall milliseconds; the servers are on this machine. */
const patience = 2_000;

/**
 * Asks a server one question: over UDP first, and over TCP where the answer did not fit.
 * @param port of the server, on 127.0.0.1.
 * @throws Error when there is no answer in time.
 */
export const dnsExchange = async (port: number, question: Question): Promise<DecodedPacket> => {
  const query: Packet = {
    type: "query",
    id: Math.floor(Math.random() * 0x1_0000),
    // The types of the library list what it can decode; other types travel as they are.
    questions: [{ name: question.name, type: question.type as "A", class: "IN" }],
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize: udpBytes,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  };
  const answer = await overUdp(port, query);
  return answer.flag_tc ? overTcp(port, query) : answer;
};

type Settle = (answer: DecodedPacket | Error) => void;

/** Runs an exchange until it settles, or its patience is over. */
const exchange = (start: (settle: Settle) => () => void): Promise<DecodedPacket> =>
  new Promise((resolve, reject) => {
    let settled = false;
    const settle: Settle = (answer) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      close();
      if (answer instanceof Error) reject(answer);
      else resolve(answer);
    };
    const close = start(settle);
    const timer = setTimeout(() => {
      settle(new Error("the name server did not answer in time"));
    }, patience);
  });

const overUdp = (port: number, query: Packet): Promise<DecodedPacket> =>
  exchange((settle) => {
    const socket = createSocket("udp4");
    socket.on("error", settle);
    socket.on("message", (bytes) => {
      const answer = decoded(bytes);
      // What answers another query is none of ours.
      if (answer !== undefined && answer.id === query.id) settle(answer);
    });
    socket.connect(port, "127.0.0.1", () => {
      socket.send(dnsPacket.encode(query));
    });
    return () => socket.close();
  });

const overTcp = (port: number, query: Packet): Promise<DecodedPacket> =>
  exchange((settle) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(dnsPacket.streamEncode(query));
    });
    socket.on("error", settle);
    socket.once("close", () => {
      settle(new Error("the name server closed the connection"));
    });
    takeMessages(socket, (bytes) => {
      settle(decoded(bytes) ?? new Error("the name server's answer cannot be read"));
    });
    return () => socket.destroy();
  });

const decoded = (bytes: Buffer): DecodedPacket | undefined => {
  try {
    return dnsPacket.decode(bytes);
  } catch {
    return undefined;
  }
};
