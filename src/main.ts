import { randomUUID } from "node:crypto";

import { composeLogin, composeUpstream } from "./composition.js";
import { ConfigError, readConfig } from "./config.js";
import type { Config } from "./config.js";
import { describeConfig } from "./config/describe-config.js";
import { startEmulator } from "./emulator/emulator.js";
import { emulatorAccountId, emulatorTokens } from "./emulator/seed.js";
import { printSubgraphSdl } from "./graphql/schema.js";
import { createLogger, prettyLines } from "./logger.js";
import { logIn, readLoginArguments } from "./login/login.command.js";
import { LoginProblem } from "./login/login.problem.js";
import { askPassword } from "./login/password.prompt.js";
import { createMetrics } from "./metrics.js";
import { explorerPreset } from "./server/explorer/explorer-preset.js";
import { startGateway } from "./server/server.js";
import { startUpNote } from "./server/start-up-note.js";
import { withDeadline } from "./upstream/deadline.js";

/** What can be stopped, in the order it is to be stopped. */
type Stop = () => Promise<void>;

const commands: Readonly<Record<string, () => Promise<void>>> = {
  serve,
  emulator: emulate,
  token: printToken,
  schema: () => Promise.resolve(void process.stdout.write(printSubgraphSdl())),
};

const name = process.argv[2] ?? "serve";
const command = commands[name];
if (command === undefined) fail([`unknown command ${name}: use one of ${Object.keys(commands).join(", ")}`]);

try {
  await command();
} catch (error) {
  fail(error instanceof ConfigError ? error.problems : [describeFailure(error)]);
}

/** Serves GraphQL, on the emulator unless configured otherwise. */
async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const isForPeople = process.stdout.isTTY && !config.production;
  const logger = createLogger(config, isForPeople ? await prettyLines() : undefined);
  const metrics = createMetrics();
  const emulator =
    config.upstream.kind === "emulator" ? await startEmulator(emulatorOptions(config)) : undefined;
  logger.debug({ config: describeConfig(config) }, "configuration");
  const foundation = { config, logger, emulatorOrigin: emulator?.origin };
  const upstream = composeUpstream(foundation, { observer: metrics.upstream });
  const first = firstSteps(config);
  const gateway = await startGateway(config, logger, upstream, {
    metrics,
    preset: explorerPreset(emulator && first),
    isCircuitOpen: () => upstream.isCircuitOpen(),
  });
  if (emulator !== undefined) {
    process.stdout.write(startUpNote(gateway.url, { ...first, origin: emulator.origin }));
  }
  stopOnSignal([() => gateway.stop(), () => upstream.close(), () => emulator?.stop() ?? Promise.resolve()]);
}

/** What works on the emulator, whose tokens are no secret. */
function firstSteps({ credentials }: Config): { accountId: string; token: string } {
  const token = credentials.kind === "caller" ? emulatorTokens.admin : "YOUR-GATEWAY-API-KEY";
  return { accountId: emulatorAccountId, token };
}

/** Serves the upstream's stand-in alone, for a gateway or another client elsewhere. */
async function emulate(): Promise<void> {
  const emulator = await startEmulator(emulatorOptions(readConfig(process.env)));
  process.stdout.write(`The upstream's emulator serves at ${emulator.origin}\n`);
  stopOnSignal([() => emulator.stop()]);
}

/** Logs a person in and prints the bearer token: nothing else goes to standard output. */
async function printToken(): Promise<void> {
  const args = readLoginArguments(process.argv.slice(3));
  const config = readConfig(process.env);
  if (config.upstream.kind === "emulator") {
    throw new LoginProblem(
      "set UPSTREAM to `liveperson`, or to the origin that `npm run emulator` prints: the built-in emulator only runs inside the gateway",
    );
  }
  const password = await askPassword(process.stdin, process.stderr);
  const { login, close } = composeLogin({ config, logger: createLogger({ logLevel: "silent" }) });
  const requestId = randomUUID();
  const line = await withDeadline(config.upstreamTimeoutMs, (signal) =>
    logIn(login, { requestId, signal }, args, password),
  );
  process.stdout.write(`${line}\n`);
  await close();
}

function emulatorOptions({ host, emulatorPort }: Config): { host: string; port: number } {
  return { host, port: emulatorPort };
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
function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "syscall" in error || error instanceof LoginProblem ? error.message : (error.stack ?? error.message);
}
