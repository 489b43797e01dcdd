import type { CallContext } from "./call-context.js";
import { UpstreamError } from "./upstream-error.js";
import type { ServiceName } from "../../wire/index.js";

/** For which request, and until when, something is looked up. */
export type LookupContext = Pick<CallContext, "requestId" | "signal" | "awaits"> &
  Partial<Pick<CallContext, "deadlineAtMs" | "authorization">>;

/** Where each of an account's upstream services is. */
export interface ServiceDirectory {
  /**
   * @returns the http(s) origin of the service
   * @throws UpstreamError where it cannot be found
   */
  originOf(accountId: string, service: ServiceName, context: LookupContext): string | Promise<string>;
  /** Takes note that nothing answered at an origin it gave: the service may have moved. */
  failed?(accountId: string, service: ServiceName, origin: string): void;
}

/** Every service of every account at one origin, as with the emulator. */
export function fixedOrigin(origin: string): ServiceDirectory {
  return { originOf: () => origin };
}

/** A service of an account. */
interface AccountService {
  readonly accountId: string;
  readonly service: ServiceName;
}

/** Sends something to where the directory says the service is, and tells the directory if nobody is there. */
export function atService<T>(
  directory: ServiceDirectory,
  wanted: AccountService,
  context: LookupContext,
  send: (origin: string) => Promise<T>,
): Promise<T> {
  const sendTo = directory.failed === undefined ? send : telling(directory, wanted, send);
  const found = directory.originOf(wanted.accountId, wanted.service, context);
  return typeof found === "string" ? sendTo(found) : found.then(sendTo);
}

function telling<T>(
  directory: ServiceDirectory,
  wanted: AccountService,
  send: (origin: string) => Promise<T>,
): (origin: string) => Promise<T> {
  return (origin) =>
    send(origin).catch((error: unknown) => {
      if (isUnreachable(error, wanted)) directory.failed?.(wanted.accountId, wanted.service, origin);
      throw error;
    });
}

/** What was needed from another service on the way says nothing about this one. */
function isUnreachable(error: unknown, { service }: AccountService): boolean {
  return (
    error instanceof UpstreamError && error.fault === "unavailable" && error.operation.service === service
  );
}
