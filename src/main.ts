import { ConfigError, readConfig } from "./config.js";
import type { Config } from "./config.js";
import { startEmulator } from "./emulator/emulator.js";
import { emulatorAccountId, emulatorTokens } from "./emulator/seed.js";
import { printSubgraphSdl } from "./graphql/schema.js";
import { createLogger } from "./logger.js";
import { explorerPreset } from "./server/explorer/explorer-preset.js";
import { startGateway } from "./server/server.js";
import { startUpNote } from "./server/start-up-note.js";
import { fixedOrigin } from "./upstream/service-directory.js";
import { createUpstream } from "./upstream/upstream.js";

/** What can be stopped, in the order it is to be stopped. */
type Stop = () => Promise<void>;

const commands: Readonly<Record<string, () => Promise<void>>> = {
  serve,
  emulator: emulate,
  schema: () => Promise.resolve(void process.stdout.write(printSubgraphSdl())),
};

const name = process.argv[2] ?? "serve";
const command = commands[name];
if (command === undefined) fail([`unknown command ${name}: use one of ${Object.keys(commands).join(", ")}`]);

try {
  await command();
} catch (error) {
  fail(error instanceof ConfigError ? error.problems : [describe(error)]);
}

/** Serves GraphQL, on the emulator unless configured otherwise. */
async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config);
  const emulator =
    config.upstream.kind === "emulator" ? await startEmulator(emulatorOptions(config)) : undefined;
  const upstream = createUpstream({
    directory: fixedOrigin(originOf(config, emulator?.origin)),
    apiVersion: config.upstreamApiVersion,
  });
  const wellKnown = { accountId: emulatorAccountId, token: emulatorTokens.admin };
  const preset = explorerPreset(emulator && wellKnown);
  const gateway = await startGateway(config, logger, upstream, preset);
  if (emulator !== undefined) {
    process.stdout.write(startUpNote(gateway.url, { origin: emulator.origin, ...wellKnown }));
  }
  stopOnSignal([() => gateway.stop(), () => upstream.close(), () => emulator?.stop() ?? Promise.resolve()]);
}

/** Serves the upstream's stand-in alone, for a gateway or another client elsewhere. */
async function emulate(): Promise<void> {
  const emulator = await startEmulator(emulatorOptions(readConfig(process.env)));
  process.stdout.write(`The upstream's emulator serves at ${emulator.origin}\n`);
  stopOnSignal([() => emulator.stop()]);
}

function emulatorOptions({ host, emulatorPort }: Config): { host: string; port: number } {
  return { host, port: emulatorPort };
}

function originOf({ upstream }: Config, emulatorOrigin = ""): string {
  return upstream.kind === "origin" ? upstream.origin : emulatorOrigin;
}

/** Stops cleanly on the first SIGTERM or SIGINT, and at once on the second. */
function stopOnSignal(stops: readonly Stop[]): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    for (const step of stops) await step();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop());
}

function fail(problems: readonly string[]): never {
  for (const problem of problems) process.stderr.write(`status-reason-gateway: ${problem}\n`);
  process.exit(1);
}

/** What the system says, such as that a port is taken, is for people; anything else is for us. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "syscall" in error ? error.message : (error.stack ?? error.message);
}
