import { createAgent } from "./agents.js";
import type { UpstreamAgent } from "./agents.js";
import type { CallContext } from "./call-context.js";
import { acceptEncoding } from "./content-encoding.js";
import { faultOfBroken } from "./fault.js";
import type { Proxies } from "./proxies.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";
import type { WriteOutcome } from "./upstream-error.js";
import { wholeAnswer } from "./whole-answer.js";
import type { NoWholeAnswer } from "./whole-answer.js";

/** Far over any account's data; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 32 * 1024 * 1024;

/**
 * How long an idle connection is kept for reads, whatever the upstream offers: shorter than the idle time-out
 * of common load balancers, so that they seldom hang up on us first. Where they do, the read is sent again.
 */
const keepAliveMs = 30_000;

/** A host that does not even take a connection by then is better tried again than waited for. */
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
   * Each write has a connection of its own. On one that was kept the upstream may just be hanging up, and nobody
   * could tell whether it took the write before it did. Writes are rare; one more round trip costs less than an
   * unknown outcome.
   */
  readonly #writes: UpstreamAgent;

  constructor(proxies?: Proxies) {
    this.#reads = createAgent({ ...common, keepAliveMs }, proxies);
    this.#writes = createAgent({ ...common, keepAliveMs: 0 }, proxies);
  }

  /**
   * @param onEnd told of the answer, or of what is thrown, before anybody else
   * @throws UpstreamError where there is no whole answer
   */
  exchange(
    call: Sender,
    request: UpstreamRequest,
    to: Destination,
    onEnd: (outcome: UpstreamResponse | Error) => void,
  ): Promise<UpstreamResponse> {
    const dispatcher = request.intent === "read" ? this.#reads : this.#writes;
    const { origin } = to;
    const { method, path, body = null } = request;
    const headers = headersOf(call, request, to);
    return wholeAnswer(dispatcher, { origin, method, path, headers, body }, call.signal, {
      maxBodyBytes: maxResponseBytes,
      onAnswer: onEnd,
      errorOf: (failure) => {
        const error = errorOf(failure, call, request);
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

/** Of a write also whether it may have happened: what no connection took certainly has not. */
function errorOf(failure: NoWholeAnswer, { signal }: Sender, request: UpstreamRequest): Error {
  const { cause, status } = failure;
  const fault = faultOfBroken(failure, signal, request.success);
  if (fault === undefined) return cause;
  const outcome = request.intent === "write" ? outcomeOf(failure, request) : undefined;
  return new UpstreamError(fault, request, { status, cause, outcome });
}

/** A refusal that was cut off is a refusal all the same. */
function outcomeOf(
  { hasBegun, status }: NoWholeAnswer,
  { success }: UpstreamRequest,
): WriteOutcome | undefined {
  if (!hasBegun) return "not-done";
  return status === undefined || success.includes(status) ? "unknown" : undefined;
}
