import type { Browser } from "playwright-core";

import { startTestGateway } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { openBoard } from "./board-page.js";
import type { BoardPage, BoardPageOptions } from "./board-page.js";
import { startBoardServer } from "./board-server.js";
import { launchChromium } from "./chromium.js";

/** The built status board on an origin of its own, a gateway that lets it in, and Chromium. */
interface Board {
  readonly browser: Browser;
  readonly gateway: TestGateway;
  readonly origin: string;
}

interface UsedBoard extends Board {
  /** Opens the board in a tab of its own and connects it, to this gateway unless told otherwise. */
  readonly open: (options?: Partial<BoardPageOptions>) => Promise<BoardPage>;
}

/** A board for all tests of the block that calls this; tabs and data are new for each. */
export function useBoard(): UsedBoard {
  // What never started, such as a Chromium that is not there, need not be stopped.
  const stops: (() => Promise<void>)[] = [];
  let board: Board | undefined;
  const started = (): Board => {
    if (board === undefined) throw new Error("There is a board inside tests only.");
    return board;
  };
  beforeAll(async () => {
    const browser = await launchChromium();
    stops.push(() => browser.close());
    const server = await startBoardServer();
    stops.push(() => server.stop());
    const gateway = await startTestGateway({ CORS_ORIGINS: server.origin, LIVE_INTERVAL_MS: "1000" });
    stops.push(() => gateway.stop());
    board = { browser, gateway, origin: server.origin };
  });
  beforeEach(async () => {
    const { browser, gateway } = started();
    await Promise.all(browser.contexts().map((context) => context.close()));
    gateway.emulator.reset();
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  return {
    get browser() {
      return started().browser;
    },
    get gateway() {
      return started().gateway;
    },
    get origin() {
      return started().origin;
    },
    open: (options) => {
      const { browser, gateway, origin } = started();
      return openBoard(browser, { boardOrigin: origin, gatewayUrl: gateway.url, ...options });
    },
  };
}
