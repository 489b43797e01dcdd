import { ConfigError } from "./config.js";

/** The settings that say where to listen. */
interface ListenSettings {
  readonly host: string;
  readonly port: string;
}

/** What the system says where it is the port's fault; anything else is the address's. */
const portCodes: ReadonlySet<string | undefined> = new Set(["EADDRINUSE", "EACCES"]);

/**
 * Waits until something listens.
 *
 * @throws ConfigError naming the setting where the system refuses; a shell or a platform may have set it
 */
export async function listening(listens: Promise<unknown>, { host, port }: ListenSettings): Promise<void> {
  try {
    await listens;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new ConfigError([`${portCodes.has(code) ? port : host}: ${message}`], code);
  }
}
