import type { Browser, Locator, Page } from "playwright-core";

import { emulatorAccountId, emulatorTokens } from "../../../src/emulator/seed/seed.js";

/** What a person sees and does on the status board. */
export interface BoardPage {
  readonly page: Page;
  /** The row of the agent with this name. */
  readonly agent: (name: string) => Locator;
  /** Shows only the agents whose name, nickname or id has this text. */
  readonly search: (text: string) => Promise<void>;
  /** Opens the reasons' drawer. */
  readonly showReasons: () => Promise<void>;
  /** The row of the reason with this text, exactly. */
  readonly reason: (text: string) => Locator;
  /** Chooses an action of a reason's menu. */
  readonly press: (text: string, action: string) => Promise<void>;
  /** The texts of all reasons that are listed. */
  readonly texts: () => Promise<string[]>;
}

export interface BoardPageOptions {
  readonly boardOrigin: string;
  readonly gatewayUrl: string;
  /** @default the emulator's main one */
  readonly accountId?: string;
  readonly token?: string;
  /** What follows the origin in the URL, such as `?state=AWAY`. */
  readonly query?: string;
  /** Whether the reasons' drawer is opened. */
  readonly reasons?: boolean;
  /** Whether the page's clock is one that the test moves. */
  readonly clock?: boolean;
  /** @default a desktop's */
  readonly viewport?: { width: number; height: number };
  /** @default light */
  readonly colorScheme?: "light" | "dark";
}

/** Opens the board in a tab of its own and connects through its form. */
export async function openBoard(browser: Browser, options: BoardPageOptions): Promise<BoardPage> {
  const {
    boardOrigin,
    gatewayUrl,
    accountId,
    token = emulatorTokens.admin,
    query = "",
    reasons = false,
    clock = false,
    ...context
  } = options;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...context });
  if (clock) await page.clock.install();
  page.setDefaultTimeout(10_000);
  await page.goto(`${boardOrigin}/${query}`);
  await connect(page, gatewayUrl, token, accountId);
  const board = boardOn(page);
  if (reasons) await board.showReasons();
  return board;
}

function boardOn(page: Page): BoardPage {
  const reason = (text: string): Locator =>
    page.getByRole("grid", { name: "Reasons" }).getByRole("row", { name: text, exact: true });
  return {
    page,
    agent: (name) => page.getByRole("grid", { name: "Agents" }).getByRole("row", { name }),
    search: (text) => page.getByLabel("Search", { exact: true }).fill(text),
    showReasons: () => page.getByRole("button", { name: "Reasons" }).click(),
    reason,
    press: async (text, action) => {
      await reason(text).getByRole("button", { name: "Actions" }).click();
      await page.getByRole("menuitem", { name: action }).click();
    },
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
