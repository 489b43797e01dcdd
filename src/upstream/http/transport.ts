import { createAgent } from "./agents.js";
import type { UpstreamAgent } from "./agents.js";
import type { CallContext } from "./call-context.js";
import { acceptEncoding } from "./body.js";
import { faultOfFailure } from "./fault.js";
import type { FailedRequest } from "./fault.js";
import type { Proxies } from "./proxies.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";
import type { WriteOutcome } from "./upstream-error.js";
import { sendRequest } from "./send-request.js";

/** Far over any account's data; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 32 * 1024 * 1024;

/**
 * How long an idle connection is kept for reads, whatever the upstream offers: shorter than the idle timeout of common
 * load balancers, so that they seldom close it first. Where they do, the read is retried.
 */
const keepAliveMs = 30_000;

/** A connection that takes longer is better retried than waited for. */
const connectTimeoutMs = 3_000;

const common = { connectTimeoutMs, maxResponseSize: maxResponseBytes } as const;

/** Where a request goes, and whose it is. */
export interface Destination {
  readonly origin: string;
  readonly authorization: string;
}

type Sender = Pick<CallContext, "requestId" | "signal" | "trace">;

/** Sends one request, once. */
export class Transport {
  readonly #reads: UpstreamAgent;
  /**
   * Each write has a connection of its own. A kept one may be closed by the upstream at the same moment, and then it is
   * unknown whether the write happened. Writes are rare; one more round trip costs less than an unknown outcome.
   */
  readonly #writes: UpstreamAgent;

  constructor(proxies?: Proxies) {
    this.#reads = createAgent({ ...common, keepAliveMs }, proxies);
    this.#writes = createAgent({ ...common, keepAliveMs: 0 }, proxies);
  }

  /**
   * @param onEnd called with the response, or with the error that is thrown, before the promise settles
   * @throws UpstreamError where there is no complete response
   */
  send(
    call: Sender,
    request: UpstreamRequest,
    to: Destination,
    onEnd: (outcome: UpstreamResponse | Error) => void,
  ): Promise<UpstreamResponse> {
    const dispatcher = request.intent === "read" ? this.#reads : this.#writes;
    const { origin } = to;
    const { method, path, body = null } = request;
    const headers = headersOf(call, request, to);
    return sendRequest(dispatcher, { origin, method, path, headers, body }, call.signal, {
      maxBodyBytes: maxResponseBytes,
      onResponse: onEnd,
      errorOf: (failed) => {
        const error = errorOf(failed, call, request);
        onEnd(error);
        return error;
      },
    });
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await Promise.all([this.#reads.close(), this.#writes.close()]);
  }
}

function headersOf(
  { requestId, trace }: Sender,
  { body, ifMatch }: UpstreamRequest,
  { authorization }: Destination,
): Record<string, string> {
  const headers: Record<string, string> = {
    ...trace,
    accept: "application/json",
    "accept-encoding": acceptEncoding,
    authorization,
    "x-request-id": requestId,
  };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = ifMatch;
  return headers;
}

/** The error of a request; of a write it says also whether it may have happened. */
function errorOf(failed: FailedRequest, { signal }: Sender, request: UpstreamRequest): Error {
  const { cause, status } = failed;
  const fault = faultOfFailure(failed, signal, request.success);
  if (fault === undefined) return cause;
  const outcome = request.intent === "write" ? outcomeOf(failed, request) : undefined;
  return new UpstreamError(fault, request, { status, cause, outcome });
}

/** A refusal that was cut off is a refusal all the same. */
function outcomeOf(
  { isSent, status }: FailedRequest,
  { success }: UpstreamRequest,
): WriteOutcome | undefined {
  if (!isSent) return "not-done";
  return status === undefined || success.includes(status) ? "unknown" : undefined;
}
