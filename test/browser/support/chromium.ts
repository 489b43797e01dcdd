import { existsSync } from "node:fs";

import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const candidates = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** What keeps Chromium from asking anything of the network on its own, and from needing a desktop. */
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nothing but this machine: a page that needs more must fail here.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** Starts the system's Chromium. @throws where there is none: these tests are never skipped */
export async function launchChromium(): Promise<Browser> {
  const executablePath = candidates.find(existsSync);
  if (executablePath === undefined) {
    throw new Error(
      `The browser tests need Chromium, and there is none at ${candidates.join(", ")}. ` +
        "Debian and Ubuntu: apt-get install -y chromium",
    );
  }
  return chromium.launch({ executablePath, args });
}
