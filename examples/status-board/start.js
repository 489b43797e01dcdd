/** Runs the gateway on its emulator, and the board, until Ctrl-C. The gateway must be built. */
import { join } from "node:path";

import "./install.js";

const { createGateway } = await import(join(import.meta.dirname, "../../dist/index.js"));
const { createServer } = await import("vite");

const gateway = await startGateway();
process.env.VITE_GATEWAY_URL = gateway.url;
process.env.VITE_ACCOUNT_ID = gateway.emulated.accountId;
const board = await createServer({ root: import.meta.dirname, logLevel: "warn" });
await board.listen();

console.log(`
  The status board is at ${board.resolvedUrls.local[0]}

    gateway  ${gateway.url}, on its emulator (${gateway.emulated.origin})
    account  ${gateway.emulated.accountId}
    token    ${gateway.emulated.token}

  Press Ctrl-C to stop.
`);

for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop());

/** Reads only the ports from the environment: the page relies on the defaults of all other settings. */
async function startGateway() {
  const { PORT, EMULATOR_PORT, EMULATOR_LIVELY } = process.env;
  const settings = { UPSTREAM: "emulator", LOG_LEVEL: "silent" };
  try {
    return await createGateway(settings, { env: { PORT, EMULATOR_PORT, EMULATOR_LIVELY } });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

async function stop() {
  await Promise.all([gateway.stop(), board.close()]);
  process.exit(0);
}
