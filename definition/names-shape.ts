import { z } from "zod";

/** What stages, thresholds, checklists and the like are called. */
export const name = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "lower-case words joined by hyphens");
