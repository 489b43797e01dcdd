import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { launchChromium } from "./support/chromium.js";

describe("npm run example", () => {
  const started: ChildProcess[] = [];
  afterEach(() => {
    for (const child of started) child.kill();
  });

  it("serves the gateway and the board, says how to get in, and stops both on Ctrl-C", async () => {
    const env = {
      PATH: process.env["PATH"],
      PORT: "0",
      LOG_LEVEL: "warn",
      CORS_ORIGINS: "http://desk.example",
    };
    const example = spawn(process.execPath, ["examples/status-board/start.js"], { env });
    started.push(example);
    const exited = once(example, "exit");
    let note = "";
    for await (const chunk of example.stdout) {
      note += String(chunk);
      if (note.includes("Ctrl-C")) break;
    }
    const [board = "", gateway = ""] = note.match(/http:\/\/[^\s,]+/g) ?? [];
    expect(note).toContain(emulatorAccountId);
    expect(note).toContain(emulatorTokens.admin);

    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(board);
    expect(await page.getByLabel("Gateway").inputValue()).toBe(gateway);
    expect(await page.getByLabel("Account").inputValue()).toBe(emulatorAccountId);
    await page.getByLabel("Token").fill(emulatorTokens.admin);
    await page.keyboard.press("Enter");
    await page.getByRole("grid", { name: "Agents" }).waitFor();
    await browser.close();

    example.kill("SIGINT");
    expect(await exited).toEqual([0, null]);
    await expect(fetch(gateway)).rejects.toThrow();
  });
});
