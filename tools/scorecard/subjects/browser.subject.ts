import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { launchChromium } from "../../../test/browser/support/chromium.js";
import type { Finding, Subject } from "../card.js";
import { runTests } from "../jest-run.js";

const screenshots = "artefacts";

/** The example and the explorer in Chromium. */
export const browser: Subject = {
  name: "browser",
  measurements: [{ title: "Browser run", how: "`npm run test:browser`", measure: measureBrowser }],
};

async function measureBrowser(): Promise<Finding> {
  const startedAt = Date.now();
  const version = await chromiumVersion();
  const { passed, result } = await runTests("npm", ["run", "test:browser", "--"]);
  const taken = await countSince(startedAt);
  return { passed, result: `${result}; Chromium ${version}; ${taken} screenshots in \`${screenshots}/\`` };
}

/** @throws if Chromium is not installed */
async function chromiumVersion(): Promise<string> {
  const chromium = await launchChromium();
  const version = chromium.version();
  await chromium.close();
  return version;
}

async function countSince(time: number): Promise<number> {
  const names = await readdir(screenshots).catch(() => []);
  const files = await Promise.all(names.map((name) => stat(join(screenshots, name))));
  return files.filter(({ mtimeMs }) => mtimeMs >= time).length;
}
