import type { UpstreamCall } from "./call.js";
import type { Authorization, Credentials } from "./credentials/credentials.js";
import { createDispatcher, exchange } from "./exchange.js";
import type { UpstreamResponse } from "./exchange.js";
import { faultOfStatus } from "./fault.js";
import { decodeRetryAfter } from "./retry-after.js";
import { atService } from "./service-directory.js";
import type { ServiceDirectory } from "./service-directory.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";
import { upstreamMessage } from "./upstream-message.js";
import type { ServiceName } from "./wire/service.wire.js";

export type { UpstreamResponse } from "./exchange.js";

/** One request to the upstream. */
export interface UpstreamRequest extends UpstreamOperation {
  readonly service: ServiceName;
  readonly accountId: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query. */
  readonly path: string;
  /** A value for `If-Match`. */
  readonly ifMatch?: string;
  /** JSON. */
  readonly body?: string;
  /** The statuses that are this endpoint's success. */
  readonly success: readonly number[];
}

/** Sends requests to the upstream and sorts what comes back into answers and faults. */
export class UpstreamHttpClient {
  readonly #dispatcher = createDispatcher();

  constructor(
    private readonly directory: ServiceDirectory,
    private readonly credentials: Credentials,
  ) {}

  /**
   * Sends one request with the authorization that the credentials have for it.
   *
   * @throws UpstreamError for whatever is not one of the request's `success` statuses
   */
  async send(call: UpstreamCall, request: UpstreamRequest): Promise<UpstreamResponse> {
    this.credentials.admit(call, request);
    return atService(this.directory, request, call, (origin) => this.#attempt(call, request, origin));
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await this.#dispatcher.close();
  }

  async #attempt(call: UpstreamCall, request: UpstreamRequest, origin: string): Promise<UpstreamResponse> {
    const target = { accountId: request.accountId, method: request.method, url: origin + request.path };
    let authorization = await this.credentials.authorize(call, target);
    let answer = await this.#exchange(call, request, origin, authorization);
    if (answer.status === 401 && this.credentials.renew !== undefined) {
      authorization = await this.credentials.renew(call, target, authorization);
      answer = await this.#exchange(call, request, origin, authorization);
    }
    if (request.success.includes(answer.status)) return answer;
    const explanation = answer.status === 401 ? this.credentials.refusal : undefined;
    throw refusal(request, answer, [...authorization.secrets, new URL(origin).host], explanation);
  }

  #exchange(
    call: UpstreamCall,
    request: UpstreamRequest,
    origin: string,
    authorization: Authorization,
  ): Promise<UpstreamResponse> {
    const { method, path, body, ifMatch } = request;
    const headers = {
      accept: "application/json",
      authorization: authorization.header,
      "x-request-id": call.requestId,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(ifMatch === undefined ? {} : { "if-match": ifMatch }),
    };
    return exchange(this.#dispatcher, request, { origin, method, path, headers, body }, call.signal);
  }
}

/** What an answer that is no success means. Only a 400 and a 409 have something to say to the caller. */
function refusal(
  request: UpstreamRequest,
  { status, headers, body }: UpstreamResponse,
  secrets: readonly string[],
  explanation: string | undefined,
): UpstreamError {
  return new UpstreamError(faultOfStatus(status), request, {
    status,
    explanation,
    detail: status === 400 || status === 409 ? upstreamMessage(body, secrets) : undefined,
    retryAfterSeconds: status === 429 ? decodeRetryAfter(headers["retry-after"]) : undefined,
  });
}
