import { z } from "zod";
import { span } from "./forms.ts";
import { part } from "./limits-shape.ts";

const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const objectName = z
  .string()
  .max(253, "a name of at most 253 characters")
  .regex(
    new RegExp(`^${label}(\\.${label})*$`),
    "a name for an object of the cluster: lower-case letters, digits, hyphens and dots",
  );

const hostPattern = `(\\*\\.)?${label}(\\.${label})*`;
const hostsLike = (pattern: string) =>
  z
    .array(
      z
        .string()
        .max(253, "a host of at most 253 characters")
        .regex(
          new RegExp(`^(${pattern})$`),
          "a host in lower case, for example www.example.com or *.example.com",
        ),
    )
    .min(1, "at least one host");

const testers = z
  .strictObject({
    header: z.string().regex(/^[A-Za-z0-9-]{1,256}$/, "the name of a header"),
    value: z.string().min(1, "a value that testers send"),
    atMost: part,
  })
  .optional();

/** What the API server and Istio's webhook take of a VirtualService. */
export const istioRouteShape = z.strictObject({
  mechanism: z.literal("istio route"),
  name: objectName,
  // A VirtualService may take every host of its gateways.
  hosts: hostsLike(`${hostPattern}|\\*`),
  gateways: z
    .array(
      z
        .string()
        .regex(
          new RegExp(`^(${label}/)?${label}(\\.${label})*$`),
          "a gateway as NAMESPACE/NAME, or NAME of the same namespace",
        ),
    )
    .min(1, "at least one gateway"),
  timeout: span,
  retries: z.strictObject({
    attempts: z.int().min(0, "a whole number from 0"),
    perTryTimeout: span,
  }),
  testers,
});

/** What the API server takes of an HTTPRoute. */
export const httpRouteShape = z.strictObject({
  mechanism: z.literal("http route"),
  name: objectName,
  hosts: hostsLike(hostPattern),
  gateways: z
    .array(
      z.strictObject({
        namespace: objectName,
        name: objectName,
        listener: objectName.optional(),
      }),
    )
    .min(1, "at least one gateway"),
  timeout: span,
  testers,
});
