import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { installTailcall } from "./systems/tailcall/install.js";

/** Installs what the peers and the load need, exactly as its lockfile says, unless it is there already. */
const folder = import.meta.dirname;
if (!existsSync(join(folder, "node_modules/.package-lock.json"))) {
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
}
const missing = installTailcall();
if (missing !== undefined) process.stdout.write(`bench: without Tailcall: ${missing}\n`);
