import type { Config } from "../config.js";
import { startEmulator } from "../emulator/emulator.js";
import { stopOnSignal } from "./stop-on-signal.js";

/** Serves the upstream's stand-in alone, for a gateway or another client elsewhere. */
export async function emulate({ host, emulatorPort }: Config): Promise<void> {
  const emulator = await startEmulator({ host, port: emulatorPort });
  process.stdout.write(`The upstream's emulator serves at ${emulator.origin}\n`);
  stopOnSignal(() => emulator.stop());
}
