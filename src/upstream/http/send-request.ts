import { isNativeError } from "node:util/types";

import type { Dispatcher } from "undici";

import { Body, decodeContent } from "./body.js";
import { asBrokenResponse } from "./fault.js";
import type { FailedRequest } from "./fault.js";
import type { AbortSignalLike } from "../../lib/index.js";
import type { UpstreamResponse } from "./request.js";

export interface SendOptions {
  /** The most bytes of a body once its `Content-Encoding` is undone; the dispatcher limits what is received. */
  readonly maxBodyBytes: number;
  /** Called with the complete response before the promise is resolved. */
  readonly onResponse?: (response: UpstreamResponse) => void;
  /** The error to reject with where there is no complete response. */
  readonly errorOf: (failed: FailedRequest) => Error;
}

/**
 * Sends one request and collects its response. Hot path: it uses undici's `dispatch`, because `request` wraps each body
 * in a stream.
 *
 * @throws the error of `errorOf` where there is no complete response, at once where `signal` is aborted
 */
export function sendRequest(
  dispatcher: Pick<Dispatcher, "dispatch">,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignalLike,
  options: SendOptions,
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    const collector = new ResponseCollector(signal, options, resolve, reject);
    if (!signal.aborted) dispatcher.dispatch(request, collector);
  });
}

/** Settles once and ignores the events that undici sends after that. */
class ResponseCollector implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  /** 0: no response headers yet. */
  #status = 0;
  #headers: UpstreamResponse["headers"] = {};
  readonly #chunks: Buffer[] = [];
  #isSettled = false;

  constructor(
    private readonly signal: AbortSignalLike,
    private readonly options: SendOptions,
    private readonly resolve: (response: UpstreamResponse) => void,
    private readonly reject: (error: Error) => void,
  ) {
    if (signal.aborted) this.#abort();
    else signal.addEventListener("abort", this.#abort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isSettled) this.#cancel(controller);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: UpstreamResponse["headers"],
  ): void {
    // An interim response (1xx).
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const encoding = this.#headers["content-encoding"];
    if (encoding === undefined || this.#chunks.length === 0) {
      this.#succeed(this.#chunks);
      return;
    }
    decodeContent(encoding, Buffer.concat(this.#chunks), this.options.maxBodyBytes, (content) => {
      if (this.#isSettled) return;
      if (content instanceof Error) this.#fail(content);
      else this.#succeed([content]);
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: unknown): void {
    this.#fail(asBrokenResponse(error) ?? error);
  }

  #succeed(chunks: readonly Buffer[]): void {
    this.#settle();
    const headers = this.#headers;
    const response = { status: this.#status, headers, body: new Body(chunks, contentTypeOf(headers)) };
    this.#settleBy(() => {
      this.options.onResponse?.(response);
      this.resolve(response);
    });
  }

  readonly #abort = (): void => {
    this.#fail(this.signal.reason);
    if (this.#controller !== undefined) this.#cancel(this.#controller);
  };

  #cancel(controller: Dispatcher.DispatchController): void {
    controller.abort(this.signal.reason as Error);
  }

  #fail(cause: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    const isSent = this.#controller !== undefined;
    const status = this.#status === 0 ? undefined : this.#status;
    const error = isNativeError(cause) ? cause : new Error("aborted", { cause });
    this.#settleBy(() => {
      this.reject(this.options.errorOf({ cause: error, isSent, status }));
    });
  }

  /** Rejects with what a callback throws: undici would swallow it, and the promise would stay pending. */
  #settleBy(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.reject(error as Error);
    }
  }

  #settle(): void {
    this.#isSettled = true;
    this.signal.removeEventListener("abort", this.#abort);
  }
}

/** Of several, the first. */
function contentTypeOf({ "content-type": value }: UpstreamResponse["headers"]): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
