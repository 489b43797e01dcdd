import type { Config } from "../config/index.js";
import { startEmulator } from "../emulator/index.js";
import { createLogger } from "../observability/index.js";
import { stopOnSignal } from "./stop-on-signal.js";

/** Serves the upstream's stand-in alone, for a gateway or another client elsewhere. */
export async function emulate(config: Config): Promise<void> {
  const { host, emulatorPort } = config;
  const emulator = await startEmulator({ host, port: emulatorPort });
  process.stdout.write(`The upstream's emulator serves at ${emulator.origin}\n`);
  stopOnSignal({ stop: () => emulator.stop(), logger: createLogger(config) });
}
