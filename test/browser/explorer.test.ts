import type { Browser, Page } from "playwright-core";

import { emulatorTokens } from "../../src/emulator/seed.js";
import { killProcesses, startProcess } from "../support/process.js";
import { launchChromium } from "./support/chromium.js";

describe("exploring in Chromium, without a network", () => {
  let browser: Browser;
  let page: Page;
  let url: string;
  beforeAll(async () => {
    browser = await launchChromium();
    const [, printed = ""] = await startProcess([], { PORT: "0" }).printed(/"url":"([^"]+)"/);
    url = printed;
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
  });
  afterAll(async () => {
    await (browser as Browser | undefined)?.close();
    killProcesses();
  });

  it("starts Sandbox with the emulator's token", async () => {
    await page.goto(url, { waitUntil: "domcontentloaded" });
    expect(await page.content()).toContain(`"Authorization":"Bearer ${emulatorTokens.admin}"`);
  });

  it("leads from Sandbox, which cannot be loaded, to GraphiQL", async () => {
    await page.goto(url, { waitUntil: "domcontentloaded" });
    await page.getByRole("link", { name: "Open GraphiQL" }).click();
    await page.waitForURL("**/graphiql");
  });

  it("runs the first query in GraphiQL, which asks for nothing elsewhere", async () => {
    const asked = new Set<string>();
    const complaints: string[] = [];
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(new URL("/graphiql", url).href);
    await page.getByRole("button", { name: /Execute query/ }).click();
    const answer = page.getByRole("region", { name: "Result Window" });
    await answer.getByText('"Lunch"').waitFor();
    await page.screenshot({ path: "artefacts/graphiql.png" });
    expect(await answer.textContent()).not.toContain('"errors"');
    expect([...asked].filter((origin) => origin !== "null")).toEqual([new URL(url).origin]);
    expect(complaints).toEqual([]);
  });
});
