import type { Socket } from "node:net";
import type { Database } from "../database.ts";

/** User and password that a rehearsal's databases take. */
const credential = "rehearsal";

/** Version 3.0 of the protocol, which every client of today begins with. */
const protocol = 3 << 16;

/**
 * Serves one client by Postgres' own protocol, without TLS, until it leaves. While it is inside a transaction nobody
 * else is: such a database has one session only, which the application uses as well.
 * @param databaseNamed the database that a client asks for; undefined where there is none of that name
 * @throws DatabaseUnavailable when it is cut off meanwhile
 */
export const servePostgres = async (
  socket: Socket,
  databaseNamed: (name: string) => Database | undefined,
): Promise<void> => {
  const messages = messagesOf(socket);
  const next = async (): Promise<Buffer | undefined> => (await messages.next()).value ?? undefined;
  const startup = await next();
  if (startup?.readUInt32BE(4) !== protocol) {
    socket.destroy();
    return;
  }
  const { user, database: name = "" } = parametersOf(startup);
  const database = databaseNamed(name);
  if (database === undefined) {
    socket.end(refusal("3D000", `database "${name}" does not exist`));
    return;
  }
  socket.write(message("R", int32(askForPassword)));
  const password = (await next())?.toString("utf8", 5).replace("\0", "");
  if (user !== credential || password !== credential) {
    socket.end(refusal("28P01", "password authentication failed"));
    return;
  }
  socket.write(Buffer.concat([message("R", int32(letIn)), message("Z", Buffer.from("I"))]));
  for (let batch = await nextBatch(next); batch !== undefined; batch = await nextBatch(next)) {
    await transact(database, batch, socket, next);
  }
  socket.end();
};

/** Authentication messages: a password is wanted, as it stands; it was right. */
const [askForPassword, letIn] = [3, 0];

/** Runs what a client sends, from a first batch until no transaction is open. */
const transact = (
  database: Database,
  first: Buffer,
  socket: Socket,
  next: () => Promise<Buffer | undefined>,
): Promise<void> =>
  database.inSession(async (send) => {
    for (let batch: Buffer | undefined = first; batch !== undefined;) {
      const answer = await send(batch);
      socket.write(answer);
      // The last byte says whether one is open.
      if (answer.at(-1) === "I".charCodeAt(0)) return;
      batch = await nextBatch(next);
    }
    await send(message("Q", Buffer.from("ROLLBACK\0")));
  });

/** What a client sends before it waits for an answer; undefined when it leaves. */
const nextBatch = async (next: () => Promise<Buffer | undefined>): Promise<Buffer | undefined> => {
  const batch: Buffer[] = [];
  for (let one = await next(); one !== undefined; one = await next()) {
    const kind = one.toString("latin1", 0, 1);
    if (kind === "X") return undefined;
    batch.push(one);
    if (kind === "Q" || kind === "S") return Buffer.concat(batch);
  }
  return undefined;
};

/** The messages of a connection; the first one has no letter before its length. */
async function* messagesOf(socket: Socket): AsyncGenerator<Buffer, undefined> {
  let held: Buffer = Buffer.alloc(0);
  let letter = 0;
  try {
    for await (const piece of socket as AsyncIterable<Buffer>) {
      held = Buffer.concat([held, piece]);
      while (held.length >= letter + 4) {
        const length = letter + held.readUInt32BE(letter);
        if (held.length < length) break;
        yield held.subarray(0, length);
        held = held.subarray(length);
        letter = 1;
      }
    }
  } catch {
    // A client that breaks off has left.
  }
  return undefined;
}

/** Names and values after the protocol's version. */
const parametersOf = (startup: Buffer): Readonly<Record<string, string>> => {
  const words = startup.toString("utf8", 8).split("\0");
  const pairs = words.flatMap((name, index) =>
    index % 2 === 0 && name !== "" ? [[name, words[index + 1] ?? ""] as const] : [],
  );
  return Object.fromEntries(pairs);
};

const message = (kind: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(kind), int32(body.length + 4), body]);

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

const refusal = (code: string, says: string): Buffer =>
  message("E", Buffer.from(`SFATAL\0C${code}\0M${says}\0\0`));
