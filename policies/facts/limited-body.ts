import { pipeline, Transform, type Readable } from "node:stream";
import { longestAnswer } from "./http-json.ts";

/** A body that fails once it is longer than any answer can be, for clients that would read on. */
export const limitedBody = (body: Readable): Readable => {
  let read = 0;
  const limited = new Transform({
    transform: (piece: Buffer, _, done) => {
      read += piece.length;
      if (read > longestAnswer) done(new Error("longer than any answer"));
      else done(null, piece);
    },
  });
  // Whoever reads it hears of the error.
  return pipeline(body, limited, () => undefined);
};
