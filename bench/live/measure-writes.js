import { join } from "node:path";

import { Connections } from "../load/connections.js";
import { whenListening } from "../load/when-listening.js";
import { MeasuredProcess } from "../process/measured-process.js";
import { Worker } from "../process/worker.js";

/** @import { LiveSystem } from "./measure.js" */

/**
 * @typedef {object} WritesResult
 * @property {number} subscribers
 * @property {number} intervalMs
 * @property {number} p50Ms From the sending of a write to its event.
 * @property {number} p99Ms
 */

const subscribers = 100;

/**
 * Writes through the gateway on its emulator, before subscribers of the account.
 *
 * @param {LiveSystem} system
 * @param {{ writes: number, intervalMs: number }} options
 * @returns {Promise<WritesResult>}
 */
export async function measureWrites({ name, program }, { writes, intervalMs }) {
  const { emulatorAccountId, emulatorTokens } = await import(
    join(import.meta.dirname, "../../dist/emulator/seed/seed.js")
  );
  const emulator = await MeasuredProcess.start({
    name: "emulator",
    script: program.script,
    args: ["emulator"],
    env: { NODE_ENV: "" },
    portVariable: "EMULATOR_PORT",
  });
  await whenReady(emulator, { method: "DELETE", path: "/emulator/journal" });
  const env = { UPSTREAM: emulator.origin, LIVE_INTERVAL_MS: String(intervalMs) };
  const gateway = await MeasuredProcess.start({ ...program, name, env });
  await whenReady(gateway, { method: "GET", path: "/livez" });
  const clients = Worker.start(join(import.meta.dirname, "clients/main.js"));
  const setting = { accountId: emulatorAccountId, token: emulatorTokens.admin, subscribers, writes };
  const delays = await clients.ask("writes", { origin: gateway.origin, ...setting });
  await Promise.all([gateway.stop(), clients.stop(), emulator.stop()]);
  return { subscribers, intervalMs, ...delays };
}

/**
 * @param {MeasuredProcess} process
 * @param {import("../load/connections.js").Request} request
 */
async function whenReady({ origin }, request) {
  const connection = new Connections(origin, 1);
  await whenListening(connection, request);
  await connection.close();
}
