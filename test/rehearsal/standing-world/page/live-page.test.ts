import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from "vitest";
import type { LiveReading } from "../../../../rehearsal/standing-world/live-reading.ts";
import {
  startPageServer,
  type PageServer,
} from "../../../../rehearsal/standing-world/page/page-server.ts";
import type { WorldFacts } from "../../../../rehearsal/standing-world/page/world-facts.ts";
import { ReportBrowser, type Screen } from "../../report/browser.ts";
import { contrasts } from "../../report/contrasts.ts";

const facts: WorldFacts = {
  system: "lms",
  title: "A system <b>v2</b>",
  versions: { blue: "2.0.0", green: "3.0.0" },
  speed: 60,
  ladder: [
    { stage: "baseline", title: "Green stands by", green: 0, carriesFor: 300_000 },
    { stage: "canary", title: "A tenth", green: 10, carriesFor: 900_000 },
  ],
  thresholds: [
    { name: "error-rate", title: "Error rate", limit: 1, unit: "%", breach: "roll back" },
    { name: "p95", title: "Response time (p95)", limit: 500, unit: "ms", breach: "investigate" },
  ],
  commands: [". /somewhere/environment.sh", "pulumi up"],
};

const began = Date.parse("2026-01-10T22:00:00Z");

/** A second of a world at a stage, `second` seconds after it began. */
const reading = (second: number, green: number, more: Partial<LiveReading> = {}): LiveReading => {
  const share = { seen: green / 100, low: green / 200, high: green / 50, requests: 100 };
  return {
    at: began + second * 1_000,
    wallAt: Date.now() + second * 1_000,
    rate: 1,
    weights: { blue: 100 - green, green },
    second: {
      blue: 100 - green,
      green,
      unanswered: 0,
      errorPercent: 0,
      blueP95: 70,
      greenP95: green === 0 ? null : 55,
      share,
    },
    lately: { share, errorPercent: 0, p95Milliseconds: 70 },
    alarms: [{ threshold: "error-rate", state: "OK" }],
    stage: green === 0 ? "baseline" : "canary",
    carriesUntil: began + 900_000,
    updating: undefined,
    moves: [{ at: "2026-01-10T22:00:00.000Z", from: "(none)", to: "baseline" }],
    requests: { sent: 1234, failed: 0 },
    ...more,
  };
};

const canary = (second: number, more: Partial<LiveReading> = {}): LiveReading =>
  reading(second, 10, {
    moves: [
      { at: "2026-01-10T22:01:00.000Z", from: "baseline", to: "canary" },
      ...reading(0, 0).moves,
    ],
    ...more,
  });

let browser: ReportBrowser;
beforeAll(async () => {
  browser = await ReportBrowser.launch();
});
afterAll(() => browser.close());

let server: PageServer;
beforeEach(async () => {
  server = await startPageServer(facts);
});
afterEach(() => server.stop());

const textOf = (page: Page, place: string): Promise<unknown> =>
  page.evaluate(`document.querySelector('[data-is="${place}"]').textContent`);

const untilText = async (page: Page, place: string, text: string): Promise<void> => {
  await page.waitForFunction(
    `document.querySelector('[data-is="${place}"]').textContent.includes(${JSON.stringify(text)})`,
  );
};

/** The page with what it has seen before it was opened. */
const opened = async (screen?: Screen) => {
  for (let second = 0; second < 60; second += 1) server.show(reading(second, 0));
  const visit = await browser.visit(server.url, screen);
  await untilText(visit.page, "stage", "baseline");
  return visit;
};

describe("the live page", () => {
  test("shows a weight change as it happens: set, seen, stage, moves and the split", async () => {
    const { page, messages } = await opened();
    expect(await textOf(page, "set")).toBe("0 %");
    server.show(canary(60, { updating: 4711 }));
    await untilText(page, "stage", "canary");
    expect(await textOf(page, "set")).toBe("10 %");
    expect(await textOf(page, "seen")).toBe("10.0 %");
    expect(await textOf(page, "verdict")).toContain("Inside the 99.9 % interval 5.0 % – 20.0 %");
    expect(await textOf(page, "pace")).toContain("process 4711 updates the stack");
    expect(await textOf(page, "moves")).toContain("baseline → canary");
    expect(await textOf(page, "news")).toContain(
      "Stage canary, green set to 10 %. An update runs.",
    );
    const named = await page.evaluate(
      `[...document.querySelectorAll('[role="img"]')].map(({ ariaLabel }) => ariaLabel)`,
    );
    expect(named).toContain("Blue 90.0 %, green 10.0 %; set to 10 %");
    expect(named).toContain("Green’s share: 10.0 % seen, 10 % set");
    expect(messages).toEqual([]);
    await page.close();
  });

  test("says when the clock runs fast, and an alarm that is raised", async () => {
    const { page } = await opened();
    server.show(canary(60, { rate: 60, alarms: [{ threshold: "error-rate", state: "Alert" }] }));
    await untilText(page, "pace", "60 times as fast as the wall: canary soaks");
    expect(await textOf(page, "news")).toContain("Raised: error-rate.");
    expect(
      await page.evaluate(`document.querySelector('[data-alarm="error-rate"]').textContent`),
    ).toBe("Alert");
    await page.close();
  });

  test("says that a share is outside of its interval", async () => {
    const { page } = await opened();
    const share = { seen: 0, low: 0.05, high: 0.2, requests: 100 };
    server.show(canary(60, { lately: { share, errorPercent: 0, p95Milliseconds: 70 } }));
    await untilText(page, "verdict", "Outside the 99.9 % interval");
    await page.close();
  });

  test("asks for nothing but its own events, and text that tries to be markup stays text", async () => {
    const { page, requests } = await opened();
    expect(requests).toEqual([`${server.url}events`]);
    expect(await page.evaluate(`document.querySelector("h1").textContent`)).toBe(facts.title);
    await page.close();
  });

  test("says so when the world is gone, and keeps its last figures", async () => {
    const { page } = await opened();
    await server.stop();
    await page.waitForFunction(`!document.querySelector('[data-is="connection"]').hidden`);
    expect(await textOf(page, "stage")).toBe("baseline");
    await page.close();
  });

  test.for([320, 375, 700, 1280])("is not wider than a screen of %d pixels", async (width) => {
    const { page } = await opened({ width });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.close();
  });

  test.for([false, true])("is easy to read, dark: %s", async (dark) => {
    const { page } = await opened({ dark });
    server.show(canary(60, { alarms: [{ threshold: "error-rate", state: "Alert" }] }));
    await untilText(page, "stage", "canary");
    const ratios = (await page.evaluate(contrasts)) as { ratio: number; text: string }[];
    expect(ratios.length).toBeGreaterThan(30);
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    await page.close();
  });

  test.for([
    [true, "0s"],
    [false, "0.6s, 0.6s"],
  ] as const)("nothing glides for who wants it still: %s", async ([still, duration]) => {
    const { page } = await opened({ still });
    expect(
      await page.evaluate(
        `getComputedStyle(document.querySelector(".split > i")).transitionDuration`,
      ),
    ).toBe(duration);
    await page.close();
  });

  test("draws every plot", async () => {
    const { page } = await opened();
    const inked =
      (await page.evaluate(`[...document.querySelectorAll(".uplot canvas")].map((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    })`)) as number[];
    expect(inked).toHaveLength(4);
    expect(Math.min(...inked)).toBeGreaterThan(1_000);
    await page.close();
  });
});
