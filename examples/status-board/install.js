import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Installs the dependencies of the lockfile, unless they are installed. */
const folder = import.meta.dirname;
if (!existsSync(join(folder, "node_modules/.package-lock.json"))) {
  execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
}
