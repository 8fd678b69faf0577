import type { ServerResponse } from "node:http";

const page = `<!doctype html>
<html lang="en">
  <title>Back in a moment</title>
  <p>We are moving to a new system. What you see is up to date; please save again in a moment.</p>
</html>
`;

const mark = "x-maintenance";

/** Answers a call that would write while writes are frozen, and says when the freeze ends at the latest. */
export const answerFrozen = (response: ServerResponse, millisecondsLeft: number): void => {
  response.setHeader(mark, "true");
  response.writeHead(503, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(page),
    "retry-after": String(Math.max(1, Math.ceil(millisecondsLeft / 1_000))),
  });
  response.end(page);
};

/** Whether that is what was answered. */
export const isAnswerFrozen = (response: ServerResponse): boolean => response.hasHeader(mark);
