import { z } from "zod";
import type { Problem } from "./bad-input.ts";
import { shapeProblems } from "./shape-problems.ts";
import type { SystemDefinition } from "./system.ts";
import { settle } from "./tbd.ts";

/** In the clear anybody on the way could answer in a side's place; what follows the host is the tests' own. */
const address = z
  .string()
  .regex(
    /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/,
    "an address as https://HOST or https://HOST:PORT, without a path",
  );
const shape = z.object({ blue: z.object({ address }), green: z.object({ address }) });

/** Addresses of the sides at which nothing can be asked, or nobody be sure who answers. */
export const addressProblems = ({
  environments,
}: Pick<SystemDefinition, "environments">): readonly Problem[] =>
  shapeProblems(shape, settle(environments, { rehearsal: true, file: "" }), "environments");
