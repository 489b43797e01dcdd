import type { IncomingMessage } from "node:http";

import type { Config } from "../../config/index.js";

/**
 * Whether the page that opens a WebSocket may do so. Browsers ask for no permission before, as they do for other
 * requests (CORS): they say where the page is from, and leave the rest to the server.
 */
export function isAllowedOrigin({ headers }: IncomingMessage, allowed: Config["corsOrigins"]): boolean {
  const { origin, host } = headers;
  // No browser: those always say it.
  if (origin === undefined || allowed === "any" || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
