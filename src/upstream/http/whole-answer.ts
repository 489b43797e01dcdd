import { isNativeError } from "node:util/types";

import type { Dispatcher } from "undici";

import { Body } from "./body.js";
import { brokenHttp } from "./broken-answer.js";
import { decodeContent } from "./content-encoding.js";
import type { AbortSignalLike } from "../../lib/index.js";
import type { UpstreamResponse } from "./request.js";

/** Why there is no whole answer to a request. */
export interface NoWholeAnswer {
  readonly cause: Error;
  /** Whether the request was given to a connection: before that nothing of it was sent. */
  readonly hasBegun: boolean;
  /** The HTTP status, where the answer broke off after it. */
  readonly status: number | undefined;
}

/** How an exchange that comes to an end is told of. */
export interface AnswerEnd {
  /** How large a body may be when its `Content-Encoding` is undone; how much is received is the dispatcher's to say. */
  readonly maxBodyBytes: number;
  /** Told of a whole answer before whoever waits for it. */
  readonly onAnswer?: (answer: UpstreamResponse) => void;
  /** What those who wait are told where there is none. */
  readonly errorOf: (failure: NoWholeAnswer) => Error;
}

/**
 * Sends one request and collects its answer. Through undici's `dispatch`, not its `request`, which wraps each
 * body in a stream: that costs a third of an exchange's CPU, 10 µs.
 *
 * @throws what `end` makes of it where there is no whole answer, at once where `signal` is aborted
 */
export function wholeAnswer(
  dispatcher: Pick<Dispatcher, "dispatch">,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignalLike,
  end: AnswerEnd,
): Promise<UpstreamResponse> {
  return new Promise((resolve, reject) => {
    const collector = new AnswerCollector(signal, end, resolve, reject);
    if (!signal.aborted) dispatcher.dispatch(request, collector);
  });
}

/** Settles once; whatever undici says after that is of no interest. */
class AnswerCollector implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  /** 0: there is no answer yet. */
  #status = 0;
  #headers: UpstreamResponse["headers"] = {};
  readonly #chunks: Buffer[] = [];
  #isSettled = false;

  constructor(
    private readonly signal: AbortSignalLike,
    private readonly end: AnswerEnd,
    private readonly resolve: (answer: UpstreamResponse) => void,
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
    // What comes before is information (1xx).
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
    decodeContent(encoding, Buffer.concat(this.#chunks), this.end.maxBodyBytes, (content) => {
      if (this.#isSettled) return;
      if (content instanceof Error) this.#fail(content);
      else this.#succeed([content]);
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: unknown): void {
    this.#fail(brokenHttp(error) ?? error);
  }

  #succeed(pieces: readonly Buffer[]): void {
    this.#settle();
    const headers = this.#headers;
    const answer = { status: this.#status, headers, body: new Body(pieces, contentTypeOf(headers)) };
    this.#tell(() => {
      this.end.onAnswer?.(answer);
      this.resolve(answer);
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
    const hasBegun = this.#controller !== undefined;
    const status = this.#status === 0 ? undefined : this.#status;
    const error = isNativeError(cause) ? cause : new Error("aborted", { cause });
    this.#tell(() => {
      this.reject(this.end.errorOf({ cause: error, hasBegun, status }));
    });
  }

  /** A mistake of whoever is told is theirs, but nobody is to wait for ever for it. */
  #tell(telling: () => void): void {
    try {
      telling();
    } catch (mistake) {
      this.reject(mistake as Error);
    }
  }

  #settle(): void {
    this.#isSettled = true;
    this.signal.removeEventListener("abort", this.#abort);
  }
}

/** Of several, the first: they can only say the same thing. */
function contentTypeOf({ "content-type": value }: UpstreamResponse["headers"]): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
