import { z } from "zod";

/** What a route's status and its `parentRefs` call the same parent by. */
export const ParentRef = z.strictObject({
  group: z.string().default("gateway.networking.k8s.io"),
  kind: z.string().default("Gateway"),
  namespace: z.string().optional(),
  name: z.string(),
  sectionName: z.string().optional(),
});
export type ParentRef = z.infer<typeof ParentRef>;

const wholePath = z.strictObject({ type: z.literal("PathPrefix"), value: z.literal("/") });

const Match = z.strictObject({
  // What every match has where it says nothing: all requests.
  path: wholePath.optional(),
  headers: z
    .array(
      z.strictObject({
        type: z.literal("Exact").default("Exact"),
        name: z.string(),
        value: z.string(),
      }),
    )
    .default([]),
});
export type HttpRouteMatch = z.infer<typeof Match>;

const Rule = z.strictObject({
  name: z.string().optional(),
  matches: z.array(Match).default([]),
  backendRefs: z
    .array(
      z.strictObject({
        group: z.literal("").default(""),
        kind: z.literal("Service").default("Service"),
        namespace: z.string().optional(),
        name: z.string(),
        port: z.int(),
        weight: z.int().default(1),
      }),
    )
    .default([]),
  timeouts: z.strictObject({ request: z.string().optional() }).optional(),
});
export type HttpRouteRule = z.infer<typeof Rule>;

/**
 * The part of an HTTPRoute that the rehearsed gateway understands. A field that it does not would change
 * where requests go, so it is refused and not passed over.
 */
export const HttpRouteSpec = z.strictObject({
  hostnames: z.array(z.string()).default([]),
  parentRefs: z.array(ParentRef).default([]),
  rules: z.array(Rule),
});
