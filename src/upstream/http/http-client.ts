import type { CallContext } from "./call-context.js";
import type { Authorization, Credentials } from "./credentials.js";
import { faultOfStatus } from "./fault.js";
import type { EndedCall, UpstreamObserver } from "./observer.js";
import type { Proxies } from "./proxies.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { AccountPauses, OriginGuards, retrying, SharedReads, WorkedCredentials } from "./resilience/index.js";
import type { Caller, OutgoingCall, ResilienceOptions } from "./resilience/index.js";
import { decodeRetryAfter } from "./retry-after.js";
import { atService } from "./service-directory.js";
import type { ServiceDirectory } from "./service-directory.js";
import { inUpstreamSpan } from "./tracing.js";
import { Transport } from "./transport.js";
import type { Destination } from "./transport.js";
import { UnsentCallError, UpstreamError } from "./upstream-error.js";
import type { UpstreamErrorDetails } from "./upstream-error.js";
import { upstreamMessage } from "./upstream-message.js";

/** How often a call gets another authorization in place of one that is of no use by the time of its turn. */
const maxOutdated = 2;

/**
 * Sends requests to the upstream and sorts what comes back into answers and faults. From the outside in:
 * reads are shared, a read makes attempts, an attempt waits for its account's pause and its permit at the
 * host, and the transport sends it.
 */
export class UpstreamHttpClient {
  readonly #transport: Transport;
  readonly #sharedReads = new SharedReads();
  readonly #worked = new WorkedCredentials();
  readonly #pauses: AccountPauses;
  readonly #guards: OriginGuards;

  constructor(
    private readonly directory: ServiceDirectory,
    private readonly credentials: Credentials,
    private readonly resilience: ResilienceOptions,
    private readonly observer: UpstreamObserver,
    proxies?: Proxies,
  ) {
    this.#transport = new Transport(proxies);
    this.#pauses = new AccountPauses(this.#worked, resilience);
    this.#guards = new OriginGuards(this.#pauses, this.#worked, resilience, observer);
  }

  /** Whether calls to one of the upstream's hosts are refused for now. */
  get isCircuitOpen(): boolean {
    return this.#guards.isAnyRefusing;
  }

  /**
   * Sends one request with the authorization that the credentials have for it.
   *
   * @throws UpstreamError for whatever is not one of the request's `success` statuses; at once, not as a
   *   rejection, where the call is not let in
   */
  send(call: CallContext, request: UpstreamRequest): Promise<UpstreamResponse> {
    this.credentials.admit(call, request);
    call.budget?.spend(request);
    const found = this.directory.originOf(request.accountId, request.service, call);
    return typeof found === "string"
      ? this.#sendTo(found, call, request)
      : found.then((origin) => this.#sendTo(origin, call, request));
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await this.#transport.close();
  }

  #sendTo(origin: string, call: CallContext, request: UpstreamRequest): Promise<UpstreamResponse> {
    if (!this.#pauses.isEmpty) this.#pauses.check(call, request, this.#callerOf(call, request));
    return request.intent === "read" ? this.#read(call, request, origin) : this.#write(call, request);
  }

  #read(call: CallContext, request: UpstreamRequest, origin: string): Promise<UpstreamResponse> {
    return this.#sharedReads.join(
      { call, request, origin },
      (shared) => this.#retrying(shared, request),
      () => this.observer.readShared?.(request),
    );
  }

  /** What was read before a write, or while it ran, is not for those who come after it. */
  async #write(call: CallContext, request: UpstreamRequest): Promise<UpstreamResponse> {
    this.#sharedReads.close(request.accountId);
    try {
      return await this.#retrying(call, request);
    } finally {
      this.#sharedReads.close(request.accountId);
    }
  }

  /** Each attempt goes to where the service is by then: the host that the last one failed at may be left. */
  #retrying(call: OutgoingCall, request: UpstreamRequest): Promise<UpstreamResponse> {
    return retrying(call, this.resilience, (number) => {
      const noteRetry = number > 1 ? () => this.observer.retried?.(request) : undefined;
      return atService(this.directory, request, call, (origin) =>
        this.#attempt(call, request, origin, noteRetry),
      );
    });
  }

  async #attempt(
    call: OutgoingCall,
    request: UpstreamRequest,
    origin: string,
    noteRetry: (() => void) | undefined,
  ): Promise<UpstreamResponse> {
    const caller = this.#callerOf(call, request);
    const target = { accountId: request.accountId, method: request.method, url: origin + request.path };
    const send = ({ header, isOutdated }: Authorization): Promise<UpstreamResponse | undefined> =>
      this.#guards.of(origin).run(call, request, caller, isOutdated, () => {
        noteRetry?.();
        return this.#exchange(call, request, caller, { origin, authorization: header });
      });
    const given = this.credentials.authorize(call, target);
    let authorization = given instanceof Promise ? await given : given;
    let answer = await send(authorization);
    for (let times = 1; answer === undefined; times += 1) {
      // Its access token has expired as the call stood in the queue.
      if (times > maxOutdated) throw new UnsentCallError("unavailable", request);
      authorization = await this.credentials.authorize(call, target);
      answer = await send(authorization);
    }
    if (answer.status === 401 && this.credentials.renew !== undefined) {
      authorization = await this.credentials.renew(call, target, authorization);
      answer = (await send(authorization)) ?? answer;
    }
    if (request.success.includes(answer.status)) return answer;
    throw refusal(request, answer, {
      secrets: [...authorization.secrets, new URL(origin).host],
      explanation: answer.status === 401 ? this.credentials.refusal : undefined,
      retryAfterSeconds: answer.status === 429 ? this.#pauses.remainingSeconds(caller) : undefined,
    });
  }

  #callerOf(call: CallContext, { accountId }: UpstreamRequest): Caller {
    return { accountId, credential: call.authorization ?? "", isGateways: this.credentials.isOwn };
  }

  #exchange(
    call: OutgoingCall,
    request: UpstreamRequest,
    caller: Caller,
    to: Destination,
  ): Promise<UpstreamResponse> {
    const { requestId, signal, stats } = call;
    if (stats !== undefined) stats.upstreamCalls += 1;
    const startMs = performance.now();
    const onEnd = (outcome: UpstreamResponse | Error): void => {
      this.#noteEnd(request, caller, outcome, performance.now() - startMs);
    };
    return inUpstreamSpan(request, call.trace, (trace) =>
      this.#transport.exchange({ requestId, signal, trace }, request, to, onEnd),
    );
  }

  #noteEnd(
    { service, operation, intent }: UpstreamRequest,
    caller: Caller,
    end: UpstreamResponse | Error,
    durationMs: number,
  ): void {
    // Noted before the next call gets its turn.
    if (!(end instanceof Error)) {
      if (end.status < 400) this.#worked.note(caller);
      else if (end.status === 429) this.#pauses.begin(caller, decodeRetryAfter(end.headers["retry-after"]));
    }
    this.observer.callEnded?.({ service, operation, intent, outcome: outcomeOf(end), durationMs });
  }
}

function outcomeOf(end: UpstreamResponse | Error): EndedCall["outcome"] {
  if (!(end instanceof Error)) return end.status;
  return end instanceof UpstreamError ? end.fault : "unavailable";
}

interface RefusalDetails extends Pick<UpstreamErrorDetails, "explanation" | "retryAfterSeconds"> {
  /** What the upstream's own message must not show. */
  readonly secrets: readonly string[];
}

/** What an answer that is no success means. Only a 400 and a 409 have something to say to the caller. */
function refusal(
  request: UpstreamRequest,
  { status, body }: UpstreamResponse,
  { secrets, ...details }: RefusalDetails,
): UpstreamError {
  const detail = status === 400 || status === 409 ? upstreamMessage(body.text() ?? "", secrets) : undefined;
  return new UpstreamError(faultOfStatus(status), request, { ...details, status, detail });
}
