import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { htmlReport } from "../../../rehearsal/report/html-report.ts";
import { ReportBrowser } from "./browser.ts";
import { contrasts } from "./contrasts.ts";
import { completedNight, refusedNight, rolledBackNight } from "./example-night.ts";

const nights = {
  completed: htmlReport(completedNight()),
  "rolled-back": htmlReport(rolledBackNight()),
  refused: htmlReport(refusedNight()),
};

let browser: ReportBrowser;
beforeAll(async () => {
  browser = await ReportBrowser.launch();
});
afterAll(async () => {
  await browser.close();
});

/** Parts of the canvases (0–1) that are painted. */
const painted = `[...document.querySelectorAll(".uplot canvas")].map((canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let index = 3; index < data.length; index += 4) if (data[index] > 0) inked += 1;
  return inked / (data.length / 4);
})`;

describe.for(Object.entries(nights))("the report of a %s night", ([, report]) => {
  test("asks the network for nothing, writes nothing on the console and draws every plot", async () => {
    const { page, requests, messages } = await browser.open(report);
    expect(requests).toEqual([]);
    expect(messages).toEqual([]);
    const parts = (await page.evaluate(painted)) as number[];
    expect(parts).toHaveLength(4);
    expect(Math.min(...parts)).toBeGreaterThan(0.1);
    await page.close();
  });

  test.for([320, 375, 700, 1280])("is not wider than a screen of %d pixels", async (width) => {
    const { page } = await browser.open(report, { width });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.close();
  });

  test.for([false, true])("is easy to read, dark: %s", async (dark) => {
    const { page } = await browser.open(report, { dark });
    const background = await page.evaluate(
      "getComputedStyle(document.documentElement).backgroundColor",
    );
    expect(background).toBe(dark ? "rgb(13, 17, 23)" : "rgb(246, 247, 249)");
    const ratios = (await page.evaluate(contrasts)) as { ratio: number; text: string }[];
    expect(ratios.length).toBeGreaterThan(40);
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
    await page.close();
  });

  test("has one first heading and leaves out no level", async () => {
    const { page } = await browser.open(report);
    const levels = (await page.evaluate(
      `[...document.querySelectorAll("h1, h2, h3, h4")].map(({ tagName }) => Number(tagName[1]))`,
    )) as number[];
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    expect((await page.$$("main section")).length).toBe(9);
    expect((await page.$$("main section:not([aria-labelledby])")).length).toBe(0);
    await page.close();
  });

  test("on paper: black on white, all open, still drawings that fit", async () => {
    const { page } = await browser.open(report, { width: 690, dark: true });
    await page.emulateMediaType("print");
    await page.waitForFunction(`document.querySelectorAll("details:not([open])").length === 0`);
    const seen = await page.evaluate(`({
      ink: getComputedStyle(document.body).color,
      paper: getComputedStyle(document.documentElement).backgroundColor,
      live: [...document.querySelectorAll(".live")].filter((one) => one.getClientRects().length > 0).length,
      stills: [...document.querySelectorAll(".still")].map((one) => one.getBoundingClientRect().right),
      width: document.documentElement.scrollWidth,
    })`);
    expect(seen).toMatchObject({ ink: "rgb(0, 0, 0)", paper: "rgb(255, 255, 255)", live: 0 });
    const { stills, width } = seen as { stills: number[]; width: number };
    expect(stills).toHaveLength(4);
    expect(Math.max(...stills)).toBeLessThanOrEqual(690);
    expect(width).toBeLessThanOrEqual(690);
    await page.emulateMediaType("screen");
    await page.waitForFunction(`document.querySelectorAll("details:not([open])").length > 0`);
    await page.close();
  });

  test("is one file of a few hundred kilobytes", () => {
    expect(report.length).toBeLessThan(400_000);
    expect(report).not.toMatch(/(?:src|href)="(?!#|data:)/);
  });
});

test("the figures of the requests are those of the record and add up", async () => {
  const { page } = await browser.open(nights["rolled-back"]);
  const figures = (await page.evaluate(
    `[...document.querySelectorAll("[data-figure]")].map(({ dataset }) => [dataset.figure, Number(dataset.value)])`,
  )) as [string, number][];
  expect(Object.fromEntries(figures)).toEqual(rolledBackNight().requests);
  const [sent = 0, ...parts] = figures.map(([, value]) => value);
  expect(parts.reduce((sum, value) => sum + value, 0)).toBe(sent);
  await page.close();
});

test("text that tries to be markup stays text", async () => {
  const { page } = await browser.open(nights.refused);
  expect(await page.title()).not.toBe("owned");
  expect((await page.$$("body img")).length).toBe(0);
  // uPlot, the prelude for it, the report's own script, and the data.
  expect((await page.$$("script")).length).toBe(4);
  expect(await page.evaluate(`document.querySelector("#gates").textContent`)).toContain(
    "<img src=x onerror=",
  );
  await page.close();
});

test("a cursor on one plot reads the same instant on all", async () => {
  const { page } = await browser.open(nights["rolled-back"]);
  const over = await page.$("#plot-traffic .u-over");
  await over?.scrollIntoView();
  const box = await over?.boundingBox();
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 40);
  await page.waitForFunction(`document.querySelector("#plot-latency .key .at").textContent !== ""`);
  const times = (await page.evaluate(
    `[...document.querySelectorAll(".key .at")].map(({ textContent }) => textContent)`,
  )) as string[];
  expect(times).toHaveLength(4);
  expect(new Set(times).size).toBe(1);
  expect(times[0]).toMatch(/^\d\d:\d\d:\d\d UTC$/);
  await page.close();
});

test("without scripts everything can be read and the plots stand still", async () => {
  const { page } = await browser.open(nights["rolled-back"], { scripts: false });
  const stills = await page.$$(".still");
  expect(stills).toHaveLength(4);
  for (const still of stills) expect(await still.isVisible()).toBe(true);
  await page.close();
});

test("a night in which nothing happened at all is a page too", async () => {
  const none = {
    timeline: [],
    gates: [],
    shares: [],
    stages: [],
    thresholds: [],
    faults: [],
    fast: [],
  };
  const { at, ...lists } = completedNight().series;
  const series = Object.fromEntries(
    [["at", at], ...Object.entries(lists)].map(([key]) => [key, []]),
  );
  const night = { ...completedNight(), ...none };
  const report = htmlReport({
    ...night,
    endedAt: night.beganAt,
    series: { ...completedNight().series, ...series, stepMilliseconds: 500 },
  });
  const { page, messages } = await browser.open(report);
  expect(messages).toEqual([]);
  expect(await page.$$("main section")).toHaveLength(9);
  await page.close();
});

test.for([
  ["a connection", `fetch("http://127.0.0.1:9/").catch(() => {})`],
  [
    "an image",
    `document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/a.png" }))`,
  ],
  [
    "a script of another's",
    `document.body.append(Object.assign(document.createElement("script"), { textContent: "0" }))`,
  ],
])("the page's own policy forbids %s", async ([, attempt = ""]) => {
  const { page } = await browser.open(nights.completed);
  const refused = await page.evaluate(`new Promise((resolve) => {
    document.addEventListener("securitypolicyviolation", () => resolve(true));
    setTimeout(() => resolve(false), 2000);
    ${attempt};
  })`);
  expect(refused).toBe(true);
  await page.close();
});
