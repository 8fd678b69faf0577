import type { IncomingMessage, ServerResponse } from "node:http";
import { AwsRefusal, unknownCaller } from "./refusal.ts";
import { signedRegion } from "./signed-region.ts";
import { xml, type XmlElement } from "./xml.ts";

/** Answers a caller who signs with a key, in XML; what is refused as the API writes errors. */
export const answerAws = (
  request: IncomingMessage,
  response: ServerResponse,
  accessKey: string,
  answer: () => XmlElement,
): void => {
  try {
    if (signedRegion(request, accessKey) === undefined) throw unknownCaller();
    write(response, 200, answer());
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    write(response, error.status, errorAnswer(error));
  }
};

const errorAnswer = ({ code, message }: AwsRefusal): XmlElement => [
  "ErrorResponse",
  [
    [
      "Error",
      [
        ["Type", "Sender"],
        ["Code", code],
        ["Message", message],
      ],
    ],
    ["RequestId", "rehearsal"],
  ],
];

const write = (response: ServerResponse, status: number, answer: XmlElement): void => {
  response.writeHead(status, { "content-type": "text/xml" });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n${xml(answer)}`);
};
