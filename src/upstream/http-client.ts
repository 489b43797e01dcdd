import { authorizationOf } from "./authorization.js";
import type { UpstreamCall } from "./call.js";
import { faultOfAbort, faultOfStatus } from "./fault.js";
import type { UpstreamObserver } from "./observer.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { AccountPauses } from "./resilience/account-pauses.js";
import type { PausedCall } from "./resilience/account-pauses.js";
import { flightKeyOf } from "./resilience/flight-key.js";
import type { ResilienceOptions } from "./resilience/options.js";
import { OriginGuards } from "./resilience/origin-guard.js";
import { retrying } from "./resilience/retry.js";
import { SingleFlight } from "./resilience/single-flight.js";
import type { Flight } from "./resilience/single-flight.js";
import { decodeRetryAfter } from "./retry-after.js";
import type { ServiceDirectory } from "./service-directory.js";
import { inUpstreamSpan } from "./tracing.js";
import { Transport } from "./transport.js";
import type { Destination } from "./transport.js";
import { UpstreamError } from "./upstream-error.js";
import { upstreamMessage } from "./upstream-message.js";

/** A call as the layers below see it: a shared one has a signal and a deadline of its own. */
type OutgoingCall = UpstreamCall & PausedCall;

/**
 * Sends requests to the upstream and sorts what comes back into answers and faults. From the outside in:
 * reads share a flight, a flight makes attempts, an attempt waits for its account's pause and its turn at the
 * host, and the transport sends it.
 */
export class UpstreamHttpClient {
  readonly #transport = new Transport();
  readonly #flights = new SingleFlight<UpstreamResponse>();
  readonly #pauses: AccountPauses;
  readonly #guards: OriginGuards;

  constructor(
    private readonly directory: ServiceDirectory,
    private readonly resilience: ResilienceOptions,
    private readonly observer: UpstreamObserver,
  ) {
    this.#pauses = new AccountPauses(resilience);
    this.#guards = new OriginGuards(resilience, observer);
  }

  /** Whether calls to one of the upstream's hosts are refused for now. */
  get isCircuitOpen(): boolean {
    return this.#guards.isAnyRefusing;
  }

  /**
   * Sends one request with the caller's own authorization.
   *
   * @throws UpstreamError for whatever is not one of the request's `success` statuses
   */
  async send(call: UpstreamCall, request: UpstreamRequest): Promise<UpstreamResponse> {
    const authorization = authorizationOf(call, request);
    const origin = await this.directory.originOf(request.accountId, request.service);
    const to = { origin, authorization };
    this.#pauses.check(call, request);
    return request.intent === "read" ? this.#read(call, request, to) : this.#write(call, request, to);
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  #read(call: UpstreamCall, request: UpstreamRequest, to: Destination): Promise<UpstreamResponse> {
    return this.#flights.join(
      flightKeyOf(request, to.origin, to.authorization),
      call,
      () => new UpstreamError(faultOfAbort(call.signal), request),
      (flight) => this.#retrying(shared(call, flight), request, to),
      () => this.observer.flightShared?.(request),
    );
  }

  /** What was read before a write, or while it ran, is not for those who come after it. */
  async #write(call: UpstreamCall, request: UpstreamRequest, to: Destination): Promise<UpstreamResponse> {
    this.#flights.close(request.accountId);
    try {
      return await this.#retrying(call, request, to);
    } finally {
      this.#flights.close(request.accountId);
    }
  }

  #retrying(call: OutgoingCall, request: UpstreamRequest, to: Destination): Promise<UpstreamResponse> {
    return retrying(call, this.resilience, (number) =>
      this.#attempt(call, request, to, () => {
        if (number > 1) this.observer.retried?.(request);
        return this.#exchange(call, request, to);
      }),
    );
  }

  async #attempt(
    call: OutgoingCall,
    request: UpstreamRequest,
    to: Destination,
    exchange: () => Promise<UpstreamResponse>,
  ): Promise<UpstreamResponse> {
    const { accountId } = request;
    const isDue = (): boolean => !this.#pauses.isPaused(accountId);
    let answer: UpstreamResponse | undefined;
    while (answer === undefined) {
      await this.#pauses.pass(call, request);
      const guard = this.#guards.of(to.origin);
      // Undefined where the account was told to wait while the call stood in the queue.
      answer = await guard.run(call, request, isDue, exchange);
    }
    if (request.success.includes(answer.status)) return answer;
    throw refusal(request, answer, [to.authorization.replace(/^\S+ +/, ""), new URL(to.origin).host]);
  }

  async #exchange(call: OutgoingCall, request: UpstreamRequest, to: Destination): Promise<UpstreamResponse> {
    const { requestId, signal, stats } = call;
    if (stats !== undefined) stats.upstreamCalls += 1;
    const startMs = performance.now();
    let outcome: number | UpstreamError["fault"] = "unavailable";
    try {
      const answer = await inUpstreamSpan(request, call.trace, (trace) =>
        this.#transport.exchange({ requestId, signal, trace }, request, to),
      );
      outcome = answer.status;
      // Noted before the next call gets its turn.
      if (outcome === 429) this.#pauses.begin(request.accountId, retryAfterOf(answer));
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) outcome = error.fault;
      throw error;
    } finally {
      const { service, operation, intent } = request;
      const durationMs = performance.now() - startMs;
      this.observer.callEnded?.({ service, operation, intent, outcome, durationMs });
    }
  }
}

/** The call of the one who started a flight, under the flight's own signal and deadline. */
function shared(call: UpstreamCall, flight: Flight): OutgoingCall {
  const { signal, refuseBefore } = flight;
  return {
    ...call,
    signal,
    refuseBefore,
    // Asked for anew each time: it grows with each one who joins.
    get deadlineAtMs() {
      return flight.deadlineAtMs;
    },
  };
}

/** What an answer that is no success means. Only a 400 and a 409 have something to say to the caller. */
function refusal(
  request: UpstreamRequest,
  answer: UpstreamResponse,
  secrets: readonly string[],
): UpstreamError {
  const { status, body } = answer;
  return new UpstreamError(faultOfStatus(status), request, {
    status,
    detail: status === 400 || status === 409 ? upstreamMessage(body, secrets) : undefined,
    retryAfterSeconds: status === 429 ? retryAfterOf(answer) : undefined,
  });
}

function retryAfterOf({ headers }: UpstreamResponse): number {
  return decodeRetryAfter(headers["retry-after"]);
}
