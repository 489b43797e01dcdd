import type { CallContext } from "./call-context.js";
import type { Authorization, Credentials } from "./credentials.js";
import type { EndedCall, UpstreamObserver } from "./observer.js";
import type { Proxies } from "./proxies.js";
import { refusalError, saysExpired } from "./refusal.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import {
  AccountPauses,
  AccountRates,
  OriginGuards,
  retrying,
  SharedReads,
  WorkedCredentials,
} from "./resilience/index.js";
import type {
  Caller,
  OutgoingCall,
  ResilienceOptions,
  SharedPauses,
  SharedRates,
} from "./resilience/index.js";
import { decodeRetryAfter } from "./retry-after.js";
import { atService } from "./service-directory.js";
import type { ServiceDirectory } from "./service-directory.js";
import { inUpstreamSpan } from "./tracing.js";
import { Transport } from "./transport.js";
import type { Destination } from "./transport.js";
import { UnsentCallError, UpstreamError } from "./upstream-error.js";

/** How often a call replaces an authorization that has expired while it waited for its permit. */
const maxOutdated = 2;

export interface HttpClientOptions {
  readonly directory: ServiceDirectory;
  readonly credentials: Credentials;
  readonly resilience: ResilienceOptions;
  readonly observer: UpstreamObserver;
  readonly proxies: Proxies | undefined;
  readonly sharedState: SharedPauses & SharedRates;
}

/**
 * Sends requests to the upstream and turns refusals and failures into errors. From the outside in: identical reads are
 * shared, a request is attempted several times, an attempt waits for its account's pause and rate and for a permit
 * of the host, and the transport sends it.
 */
export class UpstreamHttpClient {
  readonly #transport: Transport;
  readonly #sharedReads = new SharedReads();
  readonly #worked = new WorkedCredentials();
  readonly #pauses: AccountPauses;
  readonly #guards: OriginGuards;

  private readonly directory: ServiceDirectory;
  private readonly credentials: Credentials;
  private readonly resilience: ResilienceOptions;
  private readonly observer: UpstreamObserver;

  constructor({ directory, credentials, resilience, observer, proxies, sharedState }: HttpClientOptions) {
    this.directory = directory;
    this.credentials = credentials;
    this.resilience = resilience;
    this.observer = observer;
    this.#transport = new Transport(proxies);
    const worked = this.#worked;
    const perSecond = resilience.accountCallsPerSecond;
    this.#pauses = new AccountPauses(worked, resilience, sharedState);
    this.#guards = new OriginGuards({
      pauses: this.#pauses,
      rates:
        perSecond === undefined
          ? undefined
          : new AccountRates({ perSecond, worked, shared: sharedState, observer }),
      ...{ worked, options: resilience, observer },
    });
  }

  /** Whether calls to one of the upstream's hosts are refused for now. */
  get isCircuitOpen(): boolean {
    return this.#guards.isAnyRefusing;
  }

  /**
   * Sends one request with the authorization that the credentials have for it.
   *
   * @throws UpstreamError where the status is none of the request's `success`, or there is no response; synchronously,
   *   not as a rejection, where the caller has no access or the budget is spent
   */
  send(call: CallContext, request: UpstreamRequest): Promise<UpstreamResponse> {
    this.credentials.checkAccess(call, request);
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

  /** Before and after a write its account's reads are closed to further waiters, who must not see what was before it. */
  async #write(call: CallContext, request: UpstreamRequest): Promise<UpstreamResponse> {
    this.#sharedReads.close(request.accountId);
    try {
      return await this.#retrying(call, request);
    } finally {
      this.#sharedReads.close(request.accountId);
    }
  }

  /** Each attempt looks the host up anew: the service may have moved from the one that failed. */
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
        return this.#sendOnce(call, request, caller, { origin, authorization: header });
      });
    const given = this.credentials.authorize(call, target);
    let authorization = given instanceof Promise ? await given : given;
    let response = await send(authorization);
    for (let times = 1; response === undefined; times += 1) {
      // The access token has expired while the call waited for its permit.
      if (times > maxOutdated) throw new UnsentCallError("unavailable", request);
      authorization = await this.credentials.authorize(call, target);
      response = await send(authorization);
    }
    if (response.status === 401 && this.credentials.renew !== undefined) {
      authorization = await this.credentials.renew(call, target, authorization);
      response = (await send(authorization)) ?? response;
    }
    if (request.success.includes(response.status)) return response;
    throw refusalError(request, response, {
      secrets: [...authorization.secrets, new URL(origin).host],
      explanation: response.status === 401 ? this.#explain(response, caller) : undefined,
      retryAfterSeconds: response.status === 429 ? this.#pauses.remainingSeconds(caller) : undefined,
    });
  }

  /** Why a 401: tells a token that has expired from one that never worked, as far as that is known. */
  #explain(response: UpstreamResponse, caller: Caller): string | undefined {
    if (this.credentials.refusal !== undefined) return this.credentials.refusal;
    if (saysExpired(response)) return "The token has expired.";
    return this.#worked.has(caller)
      ? "The token is no longer accepted: it has expired or was revoked."
      : undefined;
  }

  #callerOf(call: CallContext, { accountId }: UpstreamRequest): Caller {
    return { accountId, credential: call.authorization ?? "", isGateways: this.credentials.isOwn };
  }

  #sendOnce(
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
    this.observer.callStarted?.(request);
    return inUpstreamSpan(request, call.trace, (trace) =>
      this.#transport.send({ requestId, signal, trace }, request, to, onEnd),
    );
  }

  #noteEnd(
    { service, operation, intent }: UpstreamRequest,
    caller: Caller,
    end: UpstreamResponse | Error,
    durationMs: number,
  ): void {
    // Before the next call gets the permit.
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
