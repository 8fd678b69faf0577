import { expect, test } from "vitest";
import { CutoverClock } from "../../rehearsal/clock.ts";
import { Journal } from "../../rehearsal/journal.ts";

test("a message that nobody got is in the timeline, at the time when it was sent", () => {
  const began = Date.UTC(2026, 5, 23);
  const journal = new Journal(CutoverClock.startingAt(began));
  journal.undelivered([
    { at: began - 60_000, handle: "@slack-example", title: "Triggered: Error rate", text: "5 %" },
  ]);
  expect(journal.record.timeline).toEqual([
    {
      at: began - 60_000,
      kind: "note",
      title: "Not delivered to @slack-example: Triggered: Error rate",
    },
  ]);
});
