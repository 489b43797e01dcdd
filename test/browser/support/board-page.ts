import type { Browser, Locator, Page } from "playwright-core";

import { emulatorAccountId, emulatorTokens } from "../../../src/emulator/seed/seed.js";

/** What a person sees and does on the status board. */
export interface BoardPage {
  readonly page: Page;
  /** The row of the reason with this text, exactly. */
  readonly reason: (text: string) => Locator;
  /** Presses a reason's button. */
  readonly press: (text: string, button: string) => Promise<void>;
  /** The texts of all reasons that are listed. */
  readonly texts: () => Promise<string[]>;
}

export interface BoardPageOptions {
  readonly boardOrigin: string;
  readonly gatewayUrl: string;
  /** @default the emulator's main one */
  readonly accountId?: string;
  readonly token?: string;
  /** Whether the page's clock is one that the test moves. */
  readonly clock?: boolean;
  /** @default a desktop's */
  readonly viewport?: { width: number; height: number };
  /** @default light */
  readonly colorScheme?: "light" | "dark";
}

/** Opens the board in a tab of its own and connects through its form. */
export async function openBoard(browser: Browser, options: BoardPageOptions): Promise<BoardPage> {
  const { boardOrigin, gatewayUrl, accountId, token = emulatorTokens.admin, clock, ...context } = options;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context });
  if (clock === true) await page.clock.install();
  page.setDefaultTimeout(10_000);
  await page.goto(boardOrigin);
  await connect(page, gatewayUrl, token, accountId);
  const reason = (text: string): Locator =>
    page.getByRole("listitem").filter({ has: page.getByRole("group", { name: text, exact: true }) });
  return {
    page,
    reason,
    press: (text, button) => reason(text).getByRole("button", { name: button }).click(),
    texts: () => page.locator(".reason-text").allTextContents(),
  };
}

/** Fills in the connection form. */
export async function connect(
  page: Page,
  gatewayUrl: string,
  token: string,
  accountId = emulatorAccountId,
): Promise<void> {
  await page.getByLabel("Gateway").fill(gatewayUrl);
  await page.getByLabel("Account").fill(accountId);
  await page.getByLabel("Token").fill(token);
  await page.getByRole("button", { name: "Connect", exact: true }).click();
}
