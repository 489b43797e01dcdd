import type { Config } from "../config/index.js";
import { startEmulator } from "../emulator/index.js";
import { processLogger } from "./process-logger.js";
import { stopOnSignal } from "./stop-on-signal.js";

/** Serves the emulator alone, for a gateway or another client elsewhere. */
export async function emulate(config: Config): Promise<void> {
  const { host, emulatorPort: port, emulatorLively: lively } = config;
  const emulator = await startEmulator({ host, port, lively });
  process.stdout.write(`The emulator of the upstream serves at ${emulator.origin}\n`);
  stopOnSignal({ stop: () => emulator.stop(), logger: await processLogger(config) });
}
