import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import chromium from "@sparticuz/chromium";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** What a page did while it was open, and the page. */
export interface OpenPage {
  readonly page: Page;
  /** Requests for anything but the page itself and what it holds. */
  readonly requests: readonly string[];
  /** Messages on the console, errors among them. */
  readonly messages: readonly string[];
}

export interface Screen {
  readonly width?: number;
  readonly dark?: boolean;
  readonly scripts?: boolean;
  /** Whether the reader wants nothing to move. */
  readonly still?: boolean;
}

/** A headless Chromium for one test file; `CHROME_PATH` names another one than the packaged. */
export class ReportBrowser {
  readonly #browser: Browser;
  readonly #folder = mkdtempSync(join(tmpdir(), "report-test-"));

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async launch(): Promise<ReportBrowser> {
    const installed = process.env["CHROME_PATH"];
    const browser = await puppeteer.launch({
      executablePath: installed ?? (await chromium.executablePath()),
      args: installed === undefined ? [...chromium.args, "--no-sandbox"] : ["--no-sandbox"],
      headless: "shell",
    });
    return new ReportBrowser(browser);
  }

  /** Opens a report as a file, as a person would. */
  async open(html: string, screen?: Screen): Promise<OpenPage> {
    const file = join(this.#folder, "report.html");
    writeFileSync(file, html);
    return this.visit(pathToFileURL(file).href, screen);
  }

  /** Opens an address. */
  async visit(
    address: string,
    { width = 1280, dark = false, scripts = true, still = false }: Screen = {},
  ): Promise<OpenPage> {
    const page = await this.#browser.newPage();
    const requests: string[] = [];
    const messages: string[] = [];
    page.on("request", (request) => {
      if (request.url() !== address && !request.url().startsWith("data:"))
        requests.push(request.url());
    });
    page.on("console", (message) => messages.push(message.text()));
    page.on("pageerror", (error) => messages.push(String(error)));
    await page.setViewport({ width, height: 900 });
    await page.setJavaScriptEnabled(scripts);
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
      { name: "prefers-reduced-motion", value: still ? "reduce" : "no-preference" },
    ]);
    await page.goto(address, { waitUntil: "load" });
    return { page, requests, messages };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
