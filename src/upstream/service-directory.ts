import type { ServiceName } from "./wire/service.wire.js";

/** Where each of an account's upstream services is. */
export interface ServiceDirectory {
  /** @returns the http(s) origin of the service */
  originOf(accountId: string, service: ServiceName): string | Promise<string>;
}

/** Every service of every account at one origin, as with the emulator. */
export function fixedOrigin(origin: string): ServiceDirectory {
  return { originOf: () => origin };
}
