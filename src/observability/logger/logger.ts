import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";

import type { Config } from "../../config/index.js";
import { isoTime, withTimeOfNow } from "./line-time.js";
import { StandardOutput, standardOutput } from "./standard-output.js";

export type { Logger } from "pino";

/** Those whose lines are gathered. */
const outputs = new WeakMap<Logger, StandardOutput>();

/**
 * The log: JSON lines on standard output. Nothing of a request but its id, its outcome and what went
 * wrong is ever logged: no header, no variable, no body.
 *
 * @param destination where the lines go instead
 */
export function createLogger(
  config: Pick<Config, "logLevel">,
  destination: DestinationStream = standardOutput(),
): Logger {
  const options = { level: config.logLevel, base: null, timestamp: isoTime };
  const logger = pino(options, destination);
  if (destination instanceof StandardOutput) outputs.set(logger, destination);
  return logger;
}

/** Has a line written that nobody waits for. */
export type WriteLater = (write: () => void) => void;

/**
 * Where a logger's lines are gathered anyway, lines can be put together many at a time too, each with the time at
 * which it was logged; elsewhere they are written at once. Between two requests pino is no longer in the processor's
 * caches: that was 8 of the 10 µs that a line cost.
 *
 * @param logger as it was created
 */
export function writingLater(logger: Logger): WriteLater {
  const output = outputs.get(logger);
  if (output !== undefined)
    return (write) => {
      output.later(withTimeOfNow(write));
    };
  return (write) => {
    write();
  };
}

/** Lines for a person at a terminal, in colour. Loaded only where they are wanted. */
export async function prettyLines(): Promise<DestinationStream> {
  const { default: pretty } = await import("pino-pretty");
  return pretty({ colorize: true, sync: true, translateTime: "HH:MM:ss.l" });
}
