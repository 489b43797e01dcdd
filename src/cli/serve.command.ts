import type { Config } from "../config/index.js";
import { runGateway } from "../gateway.js";
import { createLogger, prettyLines } from "../observability/index.js";
import { startUpNote } from "./start-up-note.js";
import { inlineMore } from "./inlining.js";
import { stopOnSignal } from "./stop-on-signal.js";

/** Serves GraphQL, on the emulator unless configured otherwise. */
export async function serve(config: Config): Promise<void> {
  inlineMore();
  const isForPeople = process.stdout.isTTY && !config.production;
  const logger = createLogger(config, isForPeople ? await prettyLines() : undefined);
  const gateway = await runGateway(config, logger);
  if (gateway.emulated !== undefined) {
    process.stdout.write(startUpNote(gateway.url, gateway.emulated, { hasExplorers: !config.production }));
  }
  stopOnSignal({ stop: () => gateway.stop(), logger });
}
