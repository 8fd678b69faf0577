import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Fixture } from "../rehearsal/engine/fixture.ts";
import type { Declaration } from "../rehearsal/engine/programs/declared/declaration.ts";
import { freshPair } from "./alike.ts";
import { chain, failing, wellAgain } from "./chain.ts";
import { missing } from "./real-cli.ts";

const pair = freshPair();

describe.skipIf(missing !== undefined)("both engines hold to a plan alike", () => {
  test("a plan is not exceeded, is resumed after a failure half-way, and is done only once", async () => {
    const { alike, twins } = pair();
    const planOf = ({ directory }: Fixture): string => join(directory, "plan.json");
    await alike("up", chain(1));
    await alike("preview", chain(2), (stack) => ({ savePlan: planOf(stack) }));
    const plan = (stack: Fixture) => ({ plan: planOf(stack) });
    expect(await alike("up", chain(3), plan)).toMatchObject({ succeeded: false, calls: [] });
    expect(await alike("up", chain(2, [{ name: "extra" }]), plan)).toMatchObject({
      succeeded: false,
    });
    await twins.both((stack) => failing(stack, "c"));
    await alike("up", chain(2), plan);
    await twins.both(wellAgain);
    expect(await alike("up", chain(2), plan)).toMatchObject({ succeeded: true });
    expect(await alike("up", chain(2), plan)).toMatchObject({ succeeded: true, calls: [] });
  });

  test("a plan against outputs that carry the time moves traffic and then fails", async () => {
    const { alike, twins } = pair();
    const at = (weight: number, time: string): Declaration => ({
      inTurn: true,
      resources: [{ name: "record", inputs: { weight } }],
      outputs: { at: time },
    });
    await alike("up", at(0, "22:00"));
    const savePlan = ({ directory }: Fixture) => ({ savePlan: join(directory, "plan.json") });
    await alike("preview", at(10, "22:41"), savePlan);
    const { real, embedded } = await twins.run("up", at(10, "22:42"), ({ directory }) => ({
      plan: join(directory, "plan.json"),
    }));
    // The real engine fails without a word.
    expect(embedded).toEqual({ ...real, hasErrors: true });
    expect(real).toMatchObject({
      succeeded: false,
      calls: ["update record"],
      outputs: { at: "22:00" },
    });
  });
});
