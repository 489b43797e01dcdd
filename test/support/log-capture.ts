import { Writable } from "node:stream";

import { createLogger } from "../../src/observability/logger/logger.js";
import type { Logger } from "../../src/observability/logger/logger.js";

/** A log that is kept instead of printed. */
export interface CapturedLog {
  readonly logger: Logger;
  /** Everything logged so far, one JSON object a line. */
  text(): string;
  lines(): Record<string, unknown>[];
}

export function captureLog(logLevel: "trace" | "info" = "trace"): CapturedLog {
  let text = "";
  const destination = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  return {
    logger: createLogger({ logLevel }, destination),
    text: () => text,
    lines: () =>
      text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
