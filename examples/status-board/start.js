/** The gateway on its emulator and the board in front of it, until Ctrl-C. The gateway must have been built. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import "./install.js";

const root = join(import.meta.dirname, "../..");
const { emulatorAccountId, emulatorTokens } = await import(join(root, "dist/emulator/seed.js"));

const gateway = await startGateway();
process.env.VITE_GATEWAY_URL = gateway.url;
process.env.VITE_ACCOUNT_ID = emulatorAccountId;
const { createServer } = await import("vite");
const board = await createServer({ root: import.meta.dirname, logLevel: "warn" });
await board.listen();

console.log(`
  The status board is at ${board.resolvedUrls.local[0]}

    gateway  ${gateway.url}, on its emulator
    account  ${emulatorAccountId}
    token    ${emulatorTokens.admin}

  Ctrl-C stops all of it.
`);

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop(0));
gateway.process.once("exit", () => void stop(1));

/** Starts the gateway; resolves once it serves. What goes wrong it says itself. */
function startGateway() {
  const child = spawn(process.execPath, ["dist/main.js"], {
    cwd: root,
    env: { ...process.env, UPSTREAM: "emulator" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.once("exit", () => process.exit(1));
  return new Promise((resolve) => {
    // Its log and its own note are read to the end, and not shown.
    createInterface(child.stdout).on("line", (line) => {
      const url = /"url":"([^"]+)"/.exec(line)?.[1];
      if (url !== undefined) resolve({ process: child, url });
    });
  });
}

async function stop(code) {
  gateway.process.removeAllListeners("exit");
  gateway.process.kill("SIGTERM");
  await Promise.all([once(gateway.process, "exit"), board.close()]);
  process.exit(code);
}
