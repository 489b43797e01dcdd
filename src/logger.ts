import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";

import type { Config } from "./config.js";
import { standardOutput } from "./logger/standard-output.js";

export type { Logger } from "pino";

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
  return pino(options, destination);
}

/** Lines for a person at a terminal, in colour. Loaded only where they are wanted. */
export async function prettyLines(): Promise<DestinationStream> {
  const { default: pretty } = await import("pino-pretty");
  return pretty({ colorize: true, sync: true, translateTime: "HH:MM:ss.l" });
}

let lastMs = 0;
let lastTime = "";

/** The time in ISO 8601, as a part of a line; written once for all lines of one millisecond. */
function isoTime(): string {
  const nowMs = Date.now();
  if (nowMs !== lastMs) {
    lastMs = nowMs;
    lastTime = `,"time":"${new Date(nowMs).toISOString()}"`;
  }
  return lastTime;
}
