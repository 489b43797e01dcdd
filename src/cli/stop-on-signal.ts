import closeWithGrace from "close-with-grace";

import type { Logger } from "../observability/index.js";

/** What is stopped, and where errors are logged. */
export interface Stopping {
  /** Stops the server, within a time limit of its own. */
  readonly stop: () => Promise<void>;
  readonly logger: Pick<Logger, "fatal" | "info">;
  /** What SIGHUP does instead of stopping. */
  readonly onHangUp?: () => void;
}

/**
 * Stops cleanly on the first signal that ends a process and exits with 0. On an uncaught exception or an unhandled
 * rejection it logs the cause, stops in the same way and exits with 1: its state is in
 * doubt from then on, but the requests in flight may still finish. A second signal or error exits at once with 1.
 */
export function stopOnSignal({ stop, logger, onHangUp }: Stopping): void {
  const logError = (err: unknown): void => {
    logger.fatal({ err }, "uncaught error, exiting");
  };
  if (onHangUp !== undefined) process.on("SIGHUP", onHangUp);
  const options = {
    delay: false,
    logger: { error: logError },
    onSecondSignal: () => undefined,
    skip: onHangUp === undefined ? [] : ["SIGHUP" as const],
  } as const;
  closeWithGrace({ ...options, onSecondError: logError }, async ({ err, signal }) => {
    if (signal !== undefined) logger.info({ signal }, `received ${signal}`);
    if (err !== undefined) logger.fatal({ err }, "uncaught error, stopping");
    await stop();
  });
}
