import { z } from "zod";

const StringMatch = z.strictObject({
  exact: z.string().optional(),
  prefix: z.string().optional(),
  regex: z.string().optional(),
});
export type StringMatch = z.infer<typeof StringMatch>;

const HeaderChanges = z.strictObject({
  set: z.record(z.string(), z.string()).optional(),
  add: z.record(z.string(), z.string()).optional(),
  remove: z.array(z.string()).optional(),
});
const Headers = z.strictObject({
  request: HeaderChanges.optional(),
  response: HeaderChanges.optional(),
});
export type HeaderChanges = z.infer<typeof HeaderChanges>;

const Match = z.strictObject({
  name: z.string().optional(),
  uri: StringMatch.optional(),
  method: StringMatch.optional(),
  headers: z.record(z.string(), StringMatch).optional(),
  ignoreUriCase: z.boolean().optional(),
});
export type Match = z.infer<typeof Match>;

const HttpRoute = z.strictObject({
  name: z.string().optional(),
  match: z.array(Match).optional(),
  route: z
    .array(
      z.strictObject({
        destination: z.strictObject({
          host: z.string(),
          subset: z.string().optional(),
          port: z.strictObject({ number: z.int() }).optional(),
        }),
        weight: z.int().min(0).optional(),
        headers: Headers.optional(),
      }),
    )
    .optional(),
  directResponse: z
    .strictObject({
      status: z.int(),
      body: z
        .strictObject({ string: z.string().optional(), bytes: z.string().optional() })
        .optional(),
    })
    .optional(),
  timeout: z.string().optional(),
  retries: z
    .strictObject({
      attempts: z.int().min(0),
      perTryTimeout: z.string().optional(),
      retryOn: z.string().optional(),
      retryRemoteLocalities: z.boolean().optional(),
    })
    .optional(),
  headers: Headers.optional(),
});
export type HttpRoute = z.infer<typeof HttpRoute>;

/**
 * The part of a VirtualService that the rehearsed gateway understands. A field that it does not would
 * change where requests go, so it is refused and not passed over.
 */
export const VirtualServiceSpec = z.looseObject({
  hosts: z.array(z.string()).default([]),
  http: z.array(HttpRoute).default([]),
});
export type VirtualServiceSpec = z.infer<typeof VirtualServiceSpec>;
