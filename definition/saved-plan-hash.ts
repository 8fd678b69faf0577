import { BadInput } from "./bad-input.ts";
import { digest } from "./ledger.ts";

/**
 * Digest of a plan that `pulumi preview --save-plan` wrote. Two previews of the same change write different
 * bytes (the time in `manifest`, a random `seed` a resource, what is removed in any order) and have the same digest,
 * so what people approved needs no second approval when only the preview is repeated.
 * @param file where the text comes from, for the error.
 * @throws BadInput when the text is no saved plan, or could be read in two ways.
 */
export const savedPlanHash = (text: string, file: string): string => {
  const plan = parsed(text);
  const resources = plan === undefined ? undefined : plan["resourcePlans"];
  if (plan === undefined || !isRecord(resources) || !isRecord(plan["manifest"])) {
    throw wrong(file, "no saved plan");
  }
  // Go merges a key that stands twice, and JavaScript keeps the last: they would not see the same plan.
  if (keysWritten(text) !== keysIn(plan)) throw wrong(file, "a plan with a key that stands twice");
  const { manifest: _, ...kept } = plan;
  const withoutSeeds = Object.entries(resources).map(([urn, resource]): [string, unknown] => {
    if (!isRecord(resource)) return [urn, resource];
    const { seed: __, goal, ...rest } = resource;
    return [urn, { ...rest, goal: isRecord(goal) ? withDeletesInOrder(goal) : goal }];
  });
  return digest({ ...kept, resourcePlans: Object.fromEntries(withoutSeeds) });
};

/** A goal with the properties that it removes in order of their names: the engine writes them in any. */
const withDeletesInOrder = (goal: Readonly<Record<string, unknown>>) => ({
  ...goal,
  inputDiff: deletesInOrder(goal["inputDiff"]),
  outputDiff: deletesInOrder(goal["outputDiff"]),
});

const deletesInOrder = (diff: unknown): unknown =>
  isRecord(diff) && Array.isArray(diff["deletes"])
    ? { ...diff, deletes: diff["deletes"].toSorted() }
    : diff;

const wrong = (file: string, found: string): BadInput =>
  new BadInput({
    where: file,
    found,
    expected: "a file that `pulumi preview --save-plan` wrote",
    remedy: "Run the preview once more.",
  });

const parsed = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Texts that are followed by a colon are keys, and nothing else in JSON is. */
const keysWritten = (text: string): number =>
  [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;

const keysIn = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce<number>((sum, each) => sum + keysIn(each), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
};
