import { ConfigError, settingIn } from "./config/index.js";
import type { SecretFiles, Secrets } from "./config/index.js";
import type { Logger } from "./observability/index.js";

export interface SecretReloadOptions {
  readonly files: SecretFiles;
  /** Puts secrets in force. */
  readonly apply: (secrets: Secrets) => void;
  readonly logger: Pick<Logger, "error" | "info">;
}

const notReloaded = "secrets not reloaded, the old ones stay";

/** Takes secrets from changed files while the gateway serves. Where they are wrong, the old ones stay in force. */
export class SecretReload {
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(private readonly options: SecretReloadOptions) {}

  /**
   * Looks for changed files from now on. Reads them instead of watching them: mounted volumes replace whole folders, and
   * not all file systems tell of changes.
   *
   * @param everyMs in milliseconds; 0: never
   */
  start(everyMs: number): void {
    if (everyMs === 0 || this.options.files.isEmpty) return;
    this.#timer = setInterval(() => void this.#look(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Reads the files now, changed or not. */
  reload(): void {
    const { files, apply, logger } = this.options;
    try {
      const { changed, secrets } = files.reload();
      if (changed.length === 0) {
        logger.info("secrets unchanged");
        return;
      }
      apply(secrets);
      logger.info({ changed }, "secrets reloaded");
    } catch (error) {
      // Whatever it is, it is no reason to stop serving.
      if (!(error instanceof ConfigError)) logger.error({ err: error }, notReloaded);
      else {
        for (const problem of error.problems) {
          logger.error({ setting: settingIn(problem) }, `${notReloaded}: ${problem}`);
        }
      }
    }
  }

  async #look(): Promise<void> {
    // A file system that hangs is not asked again and again.
    if (this.#isLooking) return;
    this.#isLooking = true;
    const haveChanged = await this.options.files.haveChanged();
    this.#isLooking = false;
    if (haveChanged) this.reload();
  }
}
