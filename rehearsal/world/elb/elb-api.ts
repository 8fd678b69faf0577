import type { IncomingMessage, ServerResponse } from "node:http";
import { answerAws } from "../aws/api-answer.ts";
import { requestBody } from "../gateway/request-body.ts";
import { elbAnswer } from "./elb-answers.ts";
import type { ElbWorld } from "./elb-world.ts";

/**
 * Answers the reading calls of Elastic Load Balancing's API, which comes as a form.
 * @param accessKey what callers have to sign with.
 */
export const elbApi =
  (world: ElbWorld, accessKey: string) =>
  (request: IncomingMessage, response: ServerResponse): boolean => {
    void requestBody(request)
      .then((body) => {
        const answer = elbAnswer(world, new URLSearchParams(body?.toString() ?? ""));
        if (answer === undefined) response.writeHead(404).end();
        else answerAws(request, response, accessKey, answer);
      })
      .catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
    return true;
  };
