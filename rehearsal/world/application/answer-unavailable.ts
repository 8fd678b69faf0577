import type { ServerResponse } from "node:http";
import type { Freeze } from "../../../definition/freeze.ts";

const page = (sentence: string): string => `<!doctype html>
<html lang="en">
  <title>Back in a moment</title>
  <p>${sentence}</p>
</html>
`;

/** What people read while writes are frozen, or while nothing is answered at all. */
const pages = {
  frozen: page(
    "We are moving to a new system. What you see is up to date; please save again in a moment.",
  ),
  maintenance: page("This service is under maintenance. Please come back in a while."),
};

const mark = "x-maintenance";

/** Answers with the page of a freeze or of maintenance, and says when it ends at the latest. */
export const answerUnavailable = (
  response: ServerResponse,
  because: keyof typeof pages,
  { ends }: Pick<Freeze, "ends">,
  now: number,
): void => {
  response.setHeader(mark, "true");
  response.writeHead(503, {
    "content-type": "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(pages[because]),
    "retry-after": String(Math.max(1, Math.ceil((ends - now) / 1_000))),
  });
  response.end(pages[because]);
};

/** Whether that is what was answered. */
export const isAnsweredUnavailable = (response: ServerResponse): boolean =>
  response.hasHeader(mark);
