import type { Page } from "playwright-core";

/** A CORS preflight that the browser sent, with the method it asked for. */
export interface Preflight {
  readonly url: string;
  readonly method: string;
}

/** Watches for preflights, which Chromium's own protocol shows and Playwright does not. */
export async function watchPreflights(page: Page): Promise<readonly Preflight[]> {
  const seen: Preflight[] = [];
  const session = await page.context().newCDPSession(page);
  session.on("Network.requestWillBeSent", ({ initiator, request }) => {
    if (initiator.type === "preflight") seen.push({ url: request.url, method: request.method });
  });
  await session.send("Network.enable");
  return seen;
}
