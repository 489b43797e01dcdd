import type { Config } from "./config/index.js";
import { explainListenError } from "./config/index.js";
import { emulatorAccountId, emulatorTokens, startEmulator } from "./emulator/index.js";

/** The built-in emulator of a gateway, with an account and a token that it accepts. */
export interface EmulatedUpstream {
  readonly origin: string;
  readonly accountId: string;
  /** The emulator's tokens are no secret. */
  readonly token: string;
}

/**
 * Starts a gateway's emulator, on the loopback address only, since only this gateway calls it.
 *
 * @returns how to use it, and what stops it
 */
export async function startOwnEmulator({
  emulatorPort: port,
  emulatorLively: lively,
  credentials,
}: Config): Promise<{ readonly emulated: EmulatedUpstream; readonly stop: () => Promise<void> }> {
  const starting = startEmulator({ port, lively });
  await explainListenError(starting, { host: "HOST", port: "EMULATOR_PORT" });
  const emulator = await starting;
  const token = credentials.kind === "caller" ? emulatorTokens.admin : "YOUR-GATEWAY-API-KEY";
  return {
    emulated: { origin: emulator.origin, accountId: emulatorAccountId, token },
    stop: () => emulator.stop(),
  };
}
