import { z } from "zod";

const label = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

/** A name that users reach a system under. */
export const domainName = z
  .string()
  .regex(
    new RegExp(`^(${label}\\.)+${label}$`),
    "a whole name in lower case without a dot at its end, for example www.example.com",
  )
  .max(253, "a name of at most 253 characters");
