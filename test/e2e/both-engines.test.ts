import { describe, expect, test } from "vitest";
import type { Engine, OperationResult } from "../../engine/engine.ts";
import { PulumiEngine } from "../../engine/pulumi-engine.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { missing } from "../conformance/real-cli.ts";
import { changed, LiveCutover, nightTimeout, refusedBy } from "./live-cutover.ts";

/** What an update came to, without what a clock or a load makes of it. */
const told = (result: OperationResult) => ({
  succeeded: result.succeeded,
  operations: result.operations,
  changed: changed(result),
  refusedBy: refusedBy(result).toSorted(),
});

/** Up to the first stage with traffic and back, with moves between that the gates refuse. */
const night = async (engine: Engine) => {
  const cutover = await LiveCutover.start(engine);
  try {
    const baseline = told(await cutover.reach("baseline"));
    const unsigned = told(await cutover.up("canary"));
    const skipped = told(await cutover.up("full"));
    await cutover.operator.set("baseline");
    await cutover.soakUntilOpen("canary");
    const canary = told(await cutover.up("canary"));
    const again = told(await cutover.up("canary"));
    const back = told(await cutover.up("baseline"));
    const entries = (await cutover.ledger()).entries.map(({ to, verdicts, evidence }) => {
      const kinds = Object.keys(evidence ?? {}).map((file) => file.replace(/^.*\/\d+-/, ""));
      return { to, verdicts, evidence: kinds.toSorted() };
    });
    return { baseline, unsigned, skipped, canary, again, back, entries };
  } finally {
    await cutover.stop();
  }
};

describe.skipIf(missing !== undefined)("on both engines", () => {
  test(
    "the cutover moves, refuses and comes back alike",
    { timeout: 3 * nightTimeout },
    async () => {
      const real = await night(await PulumiEngine.create());
      expect(await night(new EmbeddedEngine())).toEqual(real);
      expect(real.skipped.refusedBy).toContain("ladder");
      expect(real.entries.map(({ to }) => to)).toEqual(["baseline", "canary", "baseline"]);
      expect(real.entries[1]?.verdicts).toMatchObject({ ladder: "passed" });
    },
  );
});
