import { LRUCache } from "lru-cache";

import { AbortSource, swapRemove } from "../../../lib/index.js";
import type { AbortSignalLike } from "../../../lib/index.js";
import type { CallContext } from "../call-context.js";
import { faultOfAbort } from "../call-context.js";
import type { UpstreamRequest, UpstreamResponse } from "../request.js";
import { UpstreamError } from "../upstream-error.js";
import type { UpstreamOperation } from "../upstream-error.js";
import type { PausedCall } from "./account-pauses.js";

/** How many accounts have reads that may be joined; those of others are not shared. */
const maxAccounts = 10_000;

/** A read, its caller and the origin that it is sent to. */
export interface Read {
  readonly call: CallContext;
  readonly request: UpstreamRequest;
  readonly origin: string;
}

/** Whether two reads may share a response: same caller, origin and request. Compared directly, without a key. */
export function isSameRead(one: Read, other: Read): boolean {
  return (
    one.request.path === other.request.path &&
    one.call.authorization === other.call.authorization &&
    one.origin === other.origin &&
    isSameRequest(one.request, other.request)
  );
}

function isSameRequest(one: UpstreamRequest, other: UpstreamRequest): boolean {
  return (
    one.accountId === other.accountId &&
    one.service === other.service &&
    one.operation === other.operation &&
    one.method === other.method &&
    one.ifMatch === other.ifMatch &&
    one.sharingKey === other.sharingKey &&
    // Bodies with a sharing key differ only in what does not matter, such as the time.
    (one.sharingKey !== undefined || one.body === other.body)
  );
}

/** A call as the layers below a shared read see it: it has a signal and a deadline of its own. */
export type OutgoingCall = CallContext & PausedCall;

/** A call that waits for a shared read: for its end, a refusal, or the call's own abort, whichever is first. */
class Waiter {
  constructor(
    readonly call: CallContext,
    private readonly resolve: (response: UpstreamResponse) => void,
    private readonly reject: (error: unknown) => void,
    private readonly onAbort: (waiter: Waiter) => void,
  ) {
    call.signal.addEventListener("abort", this.#abort);
  }

  settle(response: UpstreamResponse): void {
    const { signal, stats } = this.call;
    signal.removeEventListener("abort", this.#abort);
    // Not for a 404, which an upstream may send to callers without access too.
    if (stats !== undefined && response.status === 200) stats.readsAnswered += 1;
    this.resolve(response);
  }

  refuse(error: unknown): void {
    this.call.signal.removeEventListener("abort", this.#abort);
    this.reject(error);
  }

  readonly #abort = (): void => {
    this.onAbort(this);
  };
}

/**
 * One request to the upstream and the calls that wait for its response. It is sent on behalf of the first of them,
 * under a signal of its own, which is aborted with the last waiter's reason when none is left.
 */
export class SharedRead implements OutgoingCall {
  readonly authorization: CallContext["authorization"];
  readonly requestId: CallContext["requestId"];
  readonly stats: CallContext["stats"];
  readonly trace: CallContext["trace"];
  readonly #abort = new AbortSource();
  #awaited: (() => UpstreamOperation) | undefined;
  #waiters: readonly Waiter[] = [];

  /** @param open the account's reads that may be joined; this one becomes one of them */
  constructor(
    readonly read: Read,
    private readonly open: SharedRead[],
  ) {
    const { authorization, requestId, stats, trace } = read.call;
    this.authorization = authorization;
    this.requestId = requestId;
    this.stats = stats;
    this.trace = trace;
    open.push(this);
  }

  get signal(): AbortSignalLike {
    return this.#abort;
  }

  /** The latest deadline of the waiters: computed each time, since it grows with each one that joins. */
  get deadlineAtMs(): number {
    return Math.max(...this.#waiters.map(({ call }) => call.deadlineAtMs));
  }

  refuseBefore(atMs: number, refusal: Error): void {
    for (const waiter of this.#waiters) {
      if (waiter.call.deadlineAtMs <= atMs) this.#refuse(waiter, refusal);
    }
    if (this.#waiters.length === 0) this.close();
  }

  wait(call: CallContext): Promise<UpstreamResponse> {
    return new Promise((resolve, reject) => {
      this.#waiters = [...this.#waiters, new Waiter(call, resolve, reject, this.#stopWaiting)];
    });
  }

  run(send: (call: OutgoingCall) => Promise<UpstreamResponse>): void {
    send(this).then(
      (response) => {
        for (const waiter of this.#end()) waiter.settle(response);
      },
      (error: unknown) => {
        for (const waiter of this.#end()) waiter.refuse(error);
      },
    );
  }

  readonly awaits = (awaited?: () => UpstreamOperation): void => {
    this.#awaited = awaited;
  };

  /** From now on no call joins it. */
  close(): void {
    swapRemove(this.open, this);
  }

  /** @returns the waiters */
  #end(): readonly Waiter[] {
    const waiters = this.#waiters;
    this.#waiters = [];
    this.close();
    return waiters;
  }

  readonly #stopWaiting = (waiter: Waiter): void => {
    this.#refuse(waiter, abortedError(waiter.call, this.#awaited?.() ?? this.read.request));
    if (this.#waiters.length > 0) return;
    this.close();
    this.#abort.abort(waiter.call.signal.reason);
  };

  #refuse(waiter: Waiter, refusal: Error): void {
    this.#waiters = this.#waiters.filter((other) => other !== waiter);
    waiter.refuse(refusal);
  }
}

/** The error of a call whose signal was aborted. */
export function abortedError({ signal }: CallContext, operation: UpstreamOperation): UpstreamError {
  return new UpstreamError(faultOfAbort(signal), operation);
}

/**
 * Lets identical reads at the same time share one request. Each call keeps its own deadline and signal. Nothing is kept
 * once the request has ended.
 */
export class SharedReads {
  /** By account, because a write ends the sharing of all of its account's reads. */
  readonly #open = new LRUCache<string, SharedRead[]>({ max: maxAccounts });

  /**
   * Joins the read under way, or starts it.
   *
   * @param send called for the first one only
   * @param onShared called for every other one
   * @throws UpstreamError `timeout` or `cancelled` when the caller's own signal is aborted
   */
  join(
    read: Read,
    send: (call: OutgoingCall) => Promise<UpstreamResponse>,
    onShared: () => void,
  ): Promise<UpstreamResponse> {
    const { call, request } = read;
    if (call.signal.aborted) return Promise.reject(abortedError(call, request));
    const open = this.#openOf(request.accountId);
    const known = open.find((shared) => isSameRead(shared.read, read));
    if (known !== undefined) {
      onShared();
      return known.wait(call);
    }
    const shared = new SharedRead(read, open);
    const response = shared.wait(call);
    shared.run(send);
    return response;
  }

  /** From now on no call joins the account's reads; their waiters still get the response. */
  close(accountId: string): void {
    const open = this.#open.get(accountId);
    if (open !== undefined) open.length = 0;
  }

  #openOf(accountId: string): SharedRead[] {
    const known = this.#open.get(accountId);
    if (known !== undefined) return known;
    const open: SharedRead[] = [];
    this.#open.set(accountId, open);
    return open;
  }
}
