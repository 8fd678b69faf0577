import { expect, test } from "vitest";
import { allRules } from "../../policies/all-rules.ts";
import { known, unknown } from "../../policies/facts/reading.ts";
import { noSources, type Sources } from "../../policies/facts/sources.ts";
import { recordedMark } from "../../policies/recorded-mark.ts";
import { Sittings } from "../../policies/sittings.ts";
import { lms } from "../../stacks/lms.ts";
import { cutoverProps, cutoverUrn } from "./cutover-component.ts";
import { entered } from "./lms-night.ts";

/** Sources that know nothing but the time, and note what was asked. */
const noting = (asked: string[]): Sources => {
  const note = (what: string) => async () => {
    asked.push(what);
    return unknown("nothing is there");
  };
  return {
    ...noSources("nothing is there"),
    now: async () => known(entered),
    datadog: { points: note("points"), monitorState: note("monitor") },
    kubernetes: { deployment: note("deployment"), lease: note("lease") },
    traffic: { route: note("route"), names: note("names") },
    people: {
      evidence: note("evidence"),
      changeAuthors: note("authors"),
      runningPlan: note("plan"),
    },
  };
};

/** How many questions a stack of so many systems puts to the sources while one of them goes up. */
const questions = async (systems: number, standsAt: readonly [string, string]): Promise<number> => {
  const asked: string[] = [];
  const sittings = new Sittings({
    load: async () => lms,
    open: () => noting(asked),
    rules: allRules,
  });
  for (let system = 0; system < systems; system += 1) {
    const moves = system === 0;
    const sitting = await sittings.of(
      {
        urn: `${cutoverUrn}-${system}`,
        props: moves ? cutoverProps("canary", "half") : cutoverProps(...standsAt),
        ignoreChanges: moves ? [] : [recordedMark],
      },
      "ladder",
    );
    if (sitting.known) await sitting.value.judgement;
  }
  return asked.length;
};

test("500 systems in a stack ask no more of the sources than the one of them that moves", async () => {
  const alone = await questions(1, ["half", "baseline"]);
  expect(alone).toBeGreaterThan(10);
  expect(await questions(500, ["half", "baseline"])).toBe(alone);
});

test("one whose green has traffic costs one question: whether that was taken down by hand", async () => {
  const alone = await questions(1, ["canary", "half"]);
  expect(await questions(21, ["canary", "half"])).toBe(alone + 20);
});
