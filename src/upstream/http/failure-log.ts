import { isNativeError } from "node:util/types";

import { LRUCache } from "lru-cache";

import { requestIdsOf } from "../../observability/index.js";
import type { Logger } from "../../observability/index.js";
import type { CallContext } from "./call-context.js";
import { CharsetError } from "./body.js";
import { UnsentCallError, UpstreamError } from "./upstream-error.js";
import type { UpstreamFault } from "./upstream-error.js";

/** How long repeats of a logged failure are only counted, in milliseconds. */
const quietMs = 10_000;

/** How many kinds of failure are distinguished; endpoints, codes and statuses are few. */
const capacity = 1_000;

/** How deep the causes of an error are searched for a code. */
const maxDepth = 5;

/**
 * The faults that an operator can act on. The others are mistakes of callers, cancelled calls and passed deadlines.
 */
const logged: ReadonlySet<UpstreamFault> = new Set<UpstreamFault>([
  "rate-limited",
  "server-error",
  "unavailable",
  "cut-off",
  "invalid-response",
]);

interface Seen {
  readonly sinceMs: number;
  repeats: number;
}

/**
 * Logs why upstream calls fail: one line every 10 s for failures of the same kind, with the number of repeats. Nothing
 * that the upstream sent is logged except the status.
 */
export class FailureLog {
  readonly #seen = new LRUCache<string, Seen>({ max: capacity });

  constructor(
    private readonly logger: Pick<Logger, "warn">,
    private readonly now: () => number,
  ) {}

  note(error: unknown, call: Pick<CallContext, "requestId" | "trace">, accountId: string | undefined): void {
    if (!(error instanceof UpstreamError) || error instanceof UnsentCallError || !logged.has(error.fault)) {
      return;
    }
    const { fault, status, operation } = error;
    const failure = {
      service: operation.service,
      operation: operation.operation,
      fault,
      status,
      ...reasonOf(error),
    };
    const repeats = this.#countRepeats(JSON.stringify(failure));
    if (repeats === undefined) return;
    this.logger.warn(
      { ...requestIdsOf(call), accountId, ...failure, ...(repeats > 0 && { repeats }) },
      "upstream call failed",
    );
  }

  /** @returns how often the failure came since it was logged last; undefined while it is only counted */
  #countRepeats(kind: string): number | undefined {
    const seen = this.#seen.get(kind);
    const nowMs = this.now();
    if (seen !== undefined && nowMs - seen.sinceMs < quietMs) {
      seen.repeats += 1;
      return undefined;
    }
    this.#seen.set(kind, { sinceMs: nowMs, repeats: 0 });
    return seen?.repeats ?? 0;
  }
}

type Method = (...args: unknown[]) => unknown;

/**
 * Wraps the methods of an API's class so that their failures are logged. Hot path: wrapped once, not by a Proxy.
 *
 * @param api its methods take the call first, and then the account's id or a record of the account
 */
export function loggingFailures<Api extends object>(api: Api, log: FailureLog): Api {
  const logging = Object.create(api) as Record<string, unknown>;
  const members = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(api) as object);
  for (const [name, { value }] of Object.entries(members)) {
    if (typeof value === "function" && name !== "constructor") logging[name] = wrapped(value as Method);
  }
  return logging as Api;

  function wrapped(method: Method): Method {
    return (...args) => {
      const result = method.apply(api, args);
      if (result instanceof Promise) {
        // Beside the caller's own handlers, so that a call that succeeds waits for no other promise.
        result.then(undefined, (error: unknown) => {
          log.note(error, args[0] as CallContext, accountIdOf(args[1]));
        });
      }
      return result;
    };
  }
}

function accountIdOf(subject: unknown): string | undefined {
  if (typeof subject === "string") return subject;
  if (typeof subject !== "object" || subject === null || !("accountId" in subject)) return undefined;
  return typeof subject.accountId === "string" ? subject.accountId : undefined;
}

/** The code of the system or the library, or else the rule of the contract that the response breaks. */
function reasonOf({ fault, status, cause }: UpstreamError): { code?: string; reason?: string } {
  const code = codeOf(cause);
  if (code !== undefined) return { code };
  if (fault !== "invalid-response") return {};
  if (cause instanceof SyntaxError) return { reason: "the body is not JSON" };
  if (cause instanceof CharsetError) return { reason: "the body is not in its charset" };
  if (status !== undefined && status >= 200 && status < 300)
    return { reason: "the body is not of its shape" };
  return { reason: "the status is none of the contract" };
}

function codeOf(error: unknown, depth = 0): string | undefined {
  if (!isNativeError(error) || depth > maxDepth) return undefined;
  // An error of the parser may come without a code.
  if (error.name === "HTTPParserError" && !("code" in error && error.code !== undefined)) return error.name;
  if ("code" in error && typeof error.code === "string" && /^[A-Z][A-Z0-9_]{1,79}$/.test(error.code)) {
    return error.code;
  }
  return codeOf(error.cause, depth + 1);
}
