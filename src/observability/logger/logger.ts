import { ROOT_CONTEXT, context } from "@opentelemetry/api";
import { pino } from "pino";
import type { DestinationStream, Logger } from "pino";

import type { Config } from "../../config/index.js";
import { activeTraceIds } from "../tracing/index.js";
import { exportingLines } from "./exported-lines.js";
import { StandardOutput, standardOutput } from "./standard-output.js";

export type { Logger } from "pino";

/** Logs a line that need not be written at once. */
export type WriteLater = (write: () => void) => void;

const writeLater = Symbol("write later");

/** What a logger has whose output collects lines. */
interface Deferring {
  readonly [writeLater]?: WriteLater;
}

/**
 * The log: JSON lines on standard output. Of a request only its id, its outcome and its errors are ever logged: no
 * header, no variable, no body. A line that is logged in a span has the ids of its trace. If the process has an OpenTelemetry
 * SDK that exports logs, it gets the lines too.
 *
 * @param destination where the lines go instead
 */
export function createLogger(
  config: Pick<Config, "logLevel">,
  destination: DestinationStream = standardOutput(),
): Logger {
  const clock = new LineClock();
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: clock.timestamp,
    mixin: activeTraceIds,
    // Pino's own assigns to the first, which is shared.
    mixinMergeStrategy: (line: object, ids: object) => ({ ...ids, ...line }),
  };
  const logger = pino(options, exportingLines(destination));
  if (!(destination instanceof StandardOutput)) return logger;
  const deferring: Deferring = {
    [writeLater]: (write) => {
      destination.later(clock.atThisTime(write));
    },
  };
  return Object.assign(logger, deferring);
}

/**
 * Hot path: a logger whose output collects lines anyway can also format many at a time, each with the time at which it
 * was logged; between two requests pino's code leaves the processor's caches. Other loggers write at once.
 */
export function writingLater(logger: Logger & Deferring): WriteLater {
  return logger[writeLater] ?? writeNow;
}

function writeNow(write: () => void): void {
  write();
}

/** The time of a logger's lines. */
class LineClock {
  #lastMs = 0;
  #lastTime = "";
  /** When the line that is being written was logged, in epoch milliseconds; undefined: now. */
  #loggedAtMs: number | undefined;

  /** The time in ISO 8601 as a member of a JSON line; formatted once for all lines of one millisecond. */
  readonly timestamp = (): string => {
    const ms = this.#loggedAtMs ?? Date.now();
    if (ms !== this.#lastMs) {
      this.#lastMs = ms;
      this.#lastTime = `,"time":"${new Date(ms).toISOString()}"`;
    }
    return this.#lastTime;
  };

  /** @returns a function that writes the same line, whenever and in whose span it is called, with the time of now */
  atThisTime(write: () => void): () => void {
    const nowMs = Date.now();
    return () => {
      this.#loggedAtMs = nowMs;
      try {
        context.with(ROOT_CONTEXT, write);
      } finally {
        this.#loggedAtMs = undefined;
      }
    };
  }
}
