import { readFile } from "node:fs/promises";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../../engine/engine.ts";
import { PulumiEngine } from "../../engine/pulumi-engine.ts";
import { lookAt } from "../../operator/look.ts";
import { maintenanceOf } from "../../operator/maintenance.ts";
import { setInStackFile, stackFile } from "../../operator/stack-file.ts";
import { EmbeddedEngine } from "../../rehearsal/engine/embedded-engine.ts";
import { missing } from "../conformance/real-cli.ts";
import { changed, complaints, LiveCutover, nightTimeout } from "./live-cutover.ts";

const minute = 60_000;

describe.each<[string, () => Promise<Engine>, boolean]>([
  ["the embedded engine", async () => new EmbeddedEngine(), false],
  ["the real engine", () => PulumiEngine.create(), missing !== undefined],
])("with %s", { timeout: nightTimeout }, (_, create, skipped) => {
  describe.skipIf(skipped)("one night, each test after the one before it", () => {
    let cutover: LiveCutover;
    beforeAll(async () => {
      cutover = await LiveCutover.start(await create());
    }, nightTimeout);
    afterAll(() => cutover.stop());

    const file = () => stackFile(cutover.workspace.directory, cutover.workspace.stack);
    const turn = async (maintenance: "on" | "off") => {
      await setInStackFile(file(), "lms", { maintenance });
      return cutover.operator.up();
    };
    const asUser = async () => {
      const answer = await request(`${cutover.world.gatewayUrl}/api/v1/leave/balance`);
      const { "content-type": type, "retry-after": retryAfter } = answer.headers;
      return { code: answer.statusCode, type, retryAfter, body: await answer.body.text() };
    };
    const expectPage = async () => {
      const { code, type, retryAfter, body } = await asUser();
      expect({ code, type }).toEqual({ code: 503, type: "text/html; charset=utf-8" });
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(Number(retryAfter)).toBeLessThanOrEqual((25 * minute) / 1_000);
      expect(body).toContain("under maintenance");
    };
    const expectAnswers = async () => {
      expect((await asUser()).code).toBe(200);
    };
    const live = async () => {
      const reading = await maintenanceOf(cutover.operated);
      if (reading?.known !== true) throw new Error(reading?.reason ?? "the plan has none");
      return reading.value;
    };
    const pass = async (milliseconds: number) => {
      const until = cutover.world.clock.now() + milliseconds;
      cutover.world.letTimePass(true, 60);
      await cutover.world.clock.until(until);
      cutover.world.letTimePass(false, 60);
    };

    test("S1-53: on from the first update, users get the page before anything is migrated", async () => {
      await setInStackFile(file(), "lms", { maintenance: "on" });
      await cutover.reach("baseline");
      await expectPage();
      const { on } = await live();
      const { body } = await request(
        `${cutover.world.url}/kubernetes/apis/batch/v1/namespaces/production/jobs`,
      );
      const { items } = (await body.json()) as {
        readonly items: readonly { readonly metadata: { readonly creationTimestamp: string } }[];
      };
      const migrated = Date.parse(items[0]?.metadata.creationTimestamp ?? "");
      // An object's own time has no fractions of a second.
      expect(migrated).toBeGreaterThanOrEqual(Math.floor((on?.began ?? NaN) / 1_000) * 1_000);
    });

    test("S1-53: turned off and on it moves no weight, and a second update changes nothing", async () => {
      const before = await cutover.routeWrites();
      expect(changed(await turn("off"))).toEqual(["update lms-maintenance"]);
      await expectAnswers();
      expect(changed(await turn("on"))).toEqual(["update lms-maintenance"]);
      await expectPage();
      expect(changed(await turn("on"))).toEqual([]);
      expect({ green: cutover.green(), writes: await cutover.routeWrites() }).toEqual({
        ...{ green: 0, writes: before },
      });
    });

    test("S1-54: a stage with traffic on green is refused with it, before any gate is asked", async () => {
      const result = await cutover.up("canary");
      expect(complaints(result)).toContain(
        'lms:maintenance is "on" at canary, expected off at every stage where green has traffic',
      );
      expect({ succeeded: result.succeeded, changed: changed(result) }).toEqual({
        ...{ succeeded: false, changed: [] },
      });
      await cutover.operator.set("baseline");
    });

    test("S1-54: while users get the page the gates hold up the first traffic, and say until when", async () => {
      const { "maintenance-over": refusal } = await cutover.refusals("canary");
      expect(refusal).toMatch(
        /^refused: maintenance is on since \d\d:\d\d:\d\d UTC, held by lms-maintenance; set lms:maintenance to off and update, or wait until it ends by itself; next possible at /,
      );
      await cutover.operator.set("baseline");
    });

    test("who watches is told that users get the page, and until when", async () => {
      const { concerns } = await lookAt(cutover.operated, {});
      expect(concerns).toContainEqual(
        expect.stringMatching(
          /^users get the page of maintenance, by lms-maintenance, until 2026-\S+ at the latest$/,
        ),
      );
    });

    test("left on, it ends by itself when the plan's time is over, and what it took is known", async () => {
      const { on, lasted } = await live();
      expect(on).not.toBeNull();
      await pass(25 * minute - lasted + 2_000);
      await expectAnswers();
      expect(await live()).toMatchObject({ on: null });
      expect(Math.abs((await live()).lasted - 25 * minute)).toBeLessThan(2_000);
      expect(changed(await turn("on"))).toEqual([]);
      expect(changed(await turn("off"))).toEqual(["update lms-maintenance"]);
    });

    test("the time of the plan is that of the whole night: once it is used up, it cannot be turned on again", async () => {
      const result = await turn("on");
      expect(result.succeeded).toBe(false);
      expect(complaints(result)).toMatch(
        /maintenance was on for (25 min|24 min 59 s) already, and the plan allows 25 min in all/,
      );
      await expectAnswers();
      expect(changed(await turn("off"))).toEqual([]);
    });

    test("S1-3: once it is off traffic moves up; a way back turns it off in the stack file, whatever stood there", async () => {
      await cutover.soakUntilOpen("canary");
      await cutover.reach("canary");
      expect(cutover.green()).toBe(10);
      await setInStackFile(file(), "lms", { maintenance: "on" });
      const { update } = await cutover.operator.rollBack();
      expect({ succeeded: update.succeeded, changed: changed(update) }).toEqual({
        ...{ succeeded: true, changed: ["update lms-cutover", "update lms-split-route"] },
      });
      expect(await readFile(file(), "utf8")).toContain('lms:maintenance: "off"');
      await expectAnswers();
    });
  });
});
