import type { CallContext } from "./call-context.js";
import { UpstreamError } from "./upstream-error.js";
import type { ServiceName } from "../../wire/index.js";

/** The part of a {@link CallContext} that a lookup needs. */
export type LookupContext = Pick<CallContext, "requestId" | "signal" | "awaits"> &
  Partial<Pick<CallContext, "deadlineAtMs" | "authorization">>;

/** Finds the origins of an account's upstream services. */
export interface ServiceDirectory {
  /**
   * @returns the http(s) origin of the service
   * @throws UpstreamError where it cannot be found
   */
  originOf(accountId: string, service: ServiceName, context: LookupContext): string | Promise<string>;
  /** Reports that an origin could not be reached: the service may have moved. */
  failed?(accountId: string, service: ServiceName, origin: string): void;
}

/** A directory with one origin for every service of every account, as with the emulator. */
export function fixedOrigin(origin: string): ServiceDirectory {
  return { originOf: () => origin };
}

/** A service of an account. */
interface AccountService {
  readonly accountId: string;
  readonly service: ServiceName;
}

/** Sends a request to the origin of a service, and reports to the directory if it cannot be reached. */
export function atService<T>(
  directory: ServiceDirectory,
  wanted: AccountService,
  context: LookupContext,
  send: (origin: string) => Promise<T>,
): Promise<T> {
  const sendTo = directory.failed === undefined ? send : reportingFailures(directory, wanted, send);
  const found = directory.originOf(wanted.accountId, wanted.service, context);
  return typeof found === "string" ? sendTo(found) : found.then(sendTo);
}

function reportingFailures<T>(
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

/** Failures of another service, such as the token service, do not count. */
function isUnreachable(error: unknown, { service }: AccountService): boolean {
  return (
    error instanceof UpstreamError && error.fault === "unavailable" && error.operation.service === service
  );
}
