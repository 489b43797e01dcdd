import { connectUpstream } from "./upstream/index.js";
import type { Config } from "./config/index.js";
import { describeConfig, listening } from "./config/index.js";
import { emulatorAccountId, emulatorTokens, startEmulator } from "./emulator/index.js";
import type { Emulator } from "./emulator/index.js";
import type { Logger } from "./observability/index.js";
import { createMetrics } from "./observability/index.js";
import { fastPath } from "./fast-path/index.js";
import { explorerPreset, startServer } from "./server/index.js";
import type { Gateway } from "./server/index.js";

/** The emulator that a gateway runs for itself, and what works on it. */
export interface EmulatedUpstream {
  /** The emulator's own origin. */
  readonly origin: string;
  readonly accountId: string;
  readonly token: string;
}

/** A gateway that serves, with all that it started. */
export interface RunningGateway extends Gateway {
  /** The emulator, an account of its and a token that works; undefined where the upstream is another. */
  readonly emulated: EmulatedUpstream | undefined;
}

/** Serves GraphQL as configured, and starts the emulator where that is the upstream. */
export async function runGateway(config: Config, logger: Logger): Promise<RunningGateway> {
  for (const warning of config.warnings) logger.warn(warning);
  logger.debug({ config: describeConfig(config) }, "configuration");
  const metrics = createMetrics();
  const emulator = config.upstream.kind === "emulator" ? await emulatorOf(config) : undefined;
  const emulated = emulator && { origin: emulator.origin, ...firstSteps(config) };
  const foundation = { config, logger, emulatorOrigin: emulator?.origin };
  const upstream = connectUpstream(foundation, { observer: metrics.upstream });
  const release = async (): Promise<void> => {
    await upstream.close();
    await emulator?.stop();
  };
  try {
    const gateway = await startServer({
      config,
      logger,
      upstream,
      metrics,
      preset: explorerPreset(emulated),
      isCircuitOpen: () => upstream.isCircuitOpen(),
      extensions: fastPath(config),
    });
    let stopped: Promise<void> | undefined;
    return { url: gateway.url, emulated, stop: () => (stopped ??= gateway.stop().finally(release)) };
  } catch (error) {
    await release();
    throw error;
  }
}

/** On the loopback address whatever HOST is: only this gateway calls it. */
async function emulatorOf({ emulatorPort: port }: Config): Promise<Emulator> {
  const starting = startEmulator({ port });
  await listening(starting, { host: "HOST", port: "EMULATOR_PORT" });
  return starting;
}

/** What works on the emulator, whose tokens are no secret. */
function firstSteps({ credentials }: Config): { accountId: string; token: string } {
  const token = credentials.kind === "caller" ? emulatorTokens.admin : "YOUR-GATEWAY-API-KEY";
  return { accountId: emulatorAccountId, token };
}
