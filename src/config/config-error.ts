/** Names everything that is wrong with the configuration, one line a problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /**
   * @param problems one line each
   * @param code the system's code, such as `EADDRINUSE`, where the system refused a setting
   */
  constructor(
    readonly problems: readonly string[],
    readonly code?: string,
  ) {
    super(problems.join("\n"));
  }
}

/** The setting that a problem is about; undefined where it does not begin with one. */
export function settingIn(problem: string): string | undefined {
  return /^\w+(?=:)/.exec(problem)?.[0];
}

/** The settings that say where to listen. */
interface ListenSettings {
  readonly host: string;
  readonly port: string;
}

/** The codes that are about the port; all others are about the address. */
const portCodes: ReadonlySet<string | undefined> = new Set(["EADDRINUSE", "EACCES"]);

/**
 * Waits until a server listens, and turns a refusal of the system into a problem of the settings.
 *
 * @throws ConfigError naming the setting that the system refuses
 */
export async function explainListenError(
  listens: Promise<unknown>,
  { host, port }: ListenSettings,
): Promise<void> {
  try {
    await listens;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${portCodes.has(code) ? port : host}: ${message}`], code);
  }
}
