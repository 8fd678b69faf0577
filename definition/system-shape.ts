import { z } from "zod";
import { readingStatement, sentence, span, urlPath } from "./forms.ts";
import { planShape } from "./plan-shape.ts";
import { revisionPattern } from "./stores.ts";

const objectName = z
  .string()
  .regex(
    /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "a name for an object of the cluster: at most 63 lower-case letters, digits and hyphens, a letter first",
  );

const amount = z
  .string()
  .regex(/^\d+(\.\d+)?(m|[kMGT]|[KMGT]i)?$/, "a quantity of Kubernetes, for example 500m or 1Gi");
const resources = z.strictObject({ cpu: amount, memory: amount });

const replicas = z.int().min(1, "a whole number of at least 1");

const workload = z.strictObject({
  namespace: objectName,
  container: objectName,
  port: z.int().min(1, "a port from 1").max(65_535, "a port up to 65535"),
  replicas: z
    .strictObject({ least: replicas, most: replicas })
    .refine(({ least, most }) => least <= most, "at least as many at the most as at the least"),
  resources: z.strictObject({ requests: resources, limits: resources }),
  health: z.strictObject({
    path: urlPath,
    expects: z.record(z.string(), z.string()),
    reports: z.array(sentence),
    dependencies: z.array(sentence),
    statusPath: urlPath,
  }),
  rolloutWithin: span,
  drainFor: z.strictObject({ milliseconds: z.number().min(0, "a duration from 0") }),
});

const image = z.strictObject({
  repository: sentence,
  tag: sentence,
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits"),
});

const environment = z.strictObject({
  name: objectName,
  image,
  version: sentence,
  address: z.string(),
  owner: z.enum(["here", "elsewhere"]).optional(),
});

const command = z.array(sentence).min(1, "a command with its arguments");
const store = { name: sentence, secret: sentence };
const migration = z.strictObject({
  command,
  head: z
    .string()
    .regex(revisionPattern, "a revision: at most 200 letters, digits and any of _ . : + -"),
  revision: readingStatement.optional(),
  within: span,
});

const stores = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ kind: z.literal("one database"), ...store, migration }),
    z.strictObject({
      kind: z.literal("two stores"),
      blue: z.strictObject(store),
      green: z.strictObject(store),
      migration,
      sync: z.strictObject({
        name: objectName,
        image,
        command,
        finalSync: z.strictObject({ passage: sentence, command, freezeEndsAfter: span }),
      }),
    }),
  ],
  "oneDatabase, or twoStores",
);

const positive = z.number().positive("a number above 0");
const statements = z.array(sentence);
const migrations = z.array(z.strictObject({ revision: sentence, statements }));
const version = z.strictObject({
  version: sentence,
  medianMilliseconds: positive,
  p95Milliseconds: positive,
  cpuPercentAtFullLoad: positive,
  memoryPercent: positive,
});

const rehearsal = z.strictObject({
  requestsPerSecond: positive,
  data: z.union(
    [
      z.strictObject({ schema: statements, migrations }),
      z.strictObject({
        blue: z.union([
          z.strictObject({ schema: statements }),
          z.strictObject({ collections: z.record(z.string(), z.int().min(0)) }),
        ]),
        green: z.strictObject({ schema: statements }),
        migrations,
        copied: z.array(
          z.strictObject({
            name: sentence,
            key: sentence,
            reference: sentence,
            columns: z.array(sentence),
          }),
        ),
      }),
    ],
    "the schema and migrations of one database, or blue, green, migrations and what is copied",
  ),
  requests: z
    .array(
      z.strictObject({
        name: sentence,
        method: z.enum(["GET", "POST", "PUT"]),
        path: urlPath,
        share: z.number().min(0, "a number from 0"),
        statement: sentence.optional(),
        document: z
          .strictObject({
            collection: sentence,
            does: z.union(
              [z.strictObject({ find: z.int().min(0, "a whole number from 0") }), z.literal("add")],
              "find with a number, or add",
            ),
          })
          .optional(),
        charges: z.literal(true).optional(),
      }),
    )
    .min(1, "at least one call"),
  blue: version,
  green: version,
});

/** What can be told of a whole settled system without knowing its names; see {@link planShape}. */
export const systemShape = planShape.strict().extend({
  workload,
  environments: z.strictObject({ blue: environment, green: environment }),
  stores,
  // What these hold is told apart by what they are.
  traffic: z.looseObject({
    mechanism: z.enum(
      [
        "istio route",
        "http route",
        "route53 weighted",
        "alb listener rule",
        "cloudflare load balancer",
      ],
      "istioRoute, httpRoute, route53Weighted, albListenerRule or cloudflareLoadBalancer",
    ),
  }),
  names: z.array(z.unknown()).optional(),
  requestMetrics: z.unknown(),
  sources: z.looseObject({}),
  rehearsal,
});
