import type { Browser, Page } from "playwright-core";

import {
  emulatorAccountId,
  emulatorAgentIds,
  emulatorReasonIds,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";
import { killProcesses, startProcess } from "../support/process.js";
import { launchChromium } from "./support/chromium.js";
import { watchPreflights } from "./support/preflights.js";

const sandbox = "https://studio.apollographql.com";

describe("exploring in Chromium, without a network", () => {
  let browser: Browser;
  let page: Page;
  let url: string;
  let emulator: string;
  beforeAll(async () => {
    browser = await launchChromium();
    const gateway = startProcess([], { PORT: "0", LIVE_INTERVAL_MS: "1000" });
    [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
    [, emulator = ""] = await gateway.printed(/built-in emulator \((\S+)\)/);
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

  it("runs the first subscription in GraphiQL, which shows a change as it happens", async () => {
    const asked = new Set<string>();
    const complaints: string[] = [];
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(new URL("/graphiql", url).href);
    // With the schema, GraphiQL knows the first tab's operation by name, and has to forget it.
    await page.waitForLoadState("networkidle");
    await page.getByRole("tab", { name: "FirstSubscription" }).click();
    await page.getByRole("region", { name: "Query Editor" }).getByText("agentsChanged").waitFor();
    await page.getByRole("button", { name: /Execute query/ }).click();
    const result = page.getByRole("region", { name: "Result Window" });
    await result.getByText('"agentsChanged"').waitFor();
    const [everybody, id] = [`"${emulatorAgentIds.atLunch}"`, `"${emulatorAgentIds.online}"`];
    await result.getByText(everybody).waitFor();
    await fetch(`${emulator}/emulator/accounts/${emulatorAccountId}/agents/${emulatorAgentIds.online}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ status: "AWAY", reasonId: emulatorReasonIds.training }),
    });
    await result.getByText(everybody).waitFor({ state: "detached" });
    await result.getByText(id).waitFor();
    await page.screenshot({ path: "artefacts/graphiql-subscription.png" });
    expect(await result.textContent()).toContain('"Training"');
    await page.getByRole("button", { name: /Stop query/ }).click();
    expect([...asked].filter((origin) => origin !== "null")).toEqual([new URL(url).origin]);
    expect(complaints).toEqual([]);
  });

  it("stacks GraphiQL's query, answer and docs on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(new URL("/graphiql", url).href);
    await page.getByRole("button", { name: /Execute query/ }).click();
    const answer = page.getByRole("region", { name: "Result Window" });
    await answer.getByText('"Lunch"').waitFor();
    await page.screenshot({ path: "artefacts/graphiql-phone.png" });
    expect((await answer.boundingBox())?.width).toBeGreaterThan(300);
    await page.getByRole("button", { name: "Show Documentation Explorer" }).click();
    const docs = page.getByRole("region", { name: "Documentation Explorer" });
    await docs.getByText("Root Types").waitFor();
    expect((await docs.boundingBox())?.width).toBeGreaterThan(300);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  it("answers hosted Sandbox, which asks from its own origin after a preflight", async () => {
    const preflights = await watchPreflights(page);
    await openHostedSandbox(page);
    const body = JSON.stringify({
      query: `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`,
    });
    const headers = { "content-type": "application/json", authorization: `Bearer ${emulatorTokens.admin}` };
    const ask = `fetch(${JSON.stringify(url)}, ${JSON.stringify({ method: "POST", headers, body })})`;
    const answer = await page.evaluate(`${ask}.then((response) => response.json())`);
    expect(answer).toMatchObject({ data: { statusReasons: { totalCount: expect.any(Number) as number } } });
    expect(preflights).toContainEqual({ url, method: "OPTIONS" });
  });

  it("serves hosted Sandbox a subscription over a WebSocket", async () => {
    await openHostedSandbox(page);
    const query = `subscription { statusReasonsChanged(accountId: "${emulatorAccountId}") { changed { text } } }`;
    const init = { type: "connection_init", payload: { Authorization: `Bearer ${emulatorTokens.admin}` } };
    const subscribe = { type: "subscribe", id: "1", payload: { query } };
    const event = await page.evaluate(`new Promise((resolve, reject) => {
      const socket = new WebSocket("${url.replace("http", "ws")}", "graphql-transport-ws");
      const send = (message) => socket.send(JSON.stringify(message));
      socket.onopen = () => send(${JSON.stringify(init)});
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type === "connection_ack") send(${JSON.stringify(subscribe)});
        if (message.type === "next") resolve(message.payload);
      };
      socket.onclose = ({ code }) => reject(new Error("closed with " + code));
    })`);
    expect(event).toMatchObject({
      data: { statusReasonsChanged: { changed: expect.arrayContaining([{ text: "Lunch" }]) as unknown } },
    });
  });
});

/** Its page cannot be had here; what counts is where the browser takes it to be from. */
async function openHostedSandbox(page: Page): Promise<void> {
  // Chromium asks the person whether a page of the internet may reach this machine.
  await page.context().grantPermissions(["local-network-access"], { origin: sandbox });
  await page.route(`${sandbox}/**`, (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Sandbox</title>" }),
  );
  await page.goto(`${sandbox}/sandbox/explorer`);
}
