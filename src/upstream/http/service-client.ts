import type { AbortSignalLike } from "../../lib/index.js";
import { parseJson } from "../../lib/index.js";
import type { ServiceName } from "../../wire/index.js";
import { createAgent } from "./agents.js";
import type { UpstreamAgent } from "./agents.js";
import { acceptEncoding } from "./body.js";
import { faultOfFailure } from "./fault.js";
import type { Proxies } from "./proxies.js";
import type { UpstreamResponse } from "./request.js";
import { sendRequest } from "./send-request.js";
import { atService } from "./service-directory.js";
import type { LookupContext, ServiceDirectory } from "./service-directory.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamOperation } from "./upstream-error.js";

/** Far over what these services send; keeps a broken upstream from filling the memory. */
const maxResponseBytes = 1024 * 1024;

/** Shorter than the idle timeout of common load balancers, so that they seldom close the connection first. */
const keepAliveMs = 30_000;

const connectTimeoutMs = 10_000;

/** One HTTP request to a service that hands out hosts or authorization. */
export interface ServiceHttpRequest {
  readonly origin: string;
  readonly method: "GET" | "POST";
  /** Path and query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Creates the connections to the services that hand out hosts and authorization. */
export function createServiceAgent(proxies?: Proxies): UpstreamAgent {
  return createAgent({ keepAliveMs, connectTimeoutMs, maxResponseSize: maxResponseBytes }, proxies);
}

/**
 * Sends one request without authorization and collects the response, whatever its status.
 *
 * @throws UpstreamError where there is no complete response
 */
export function sendToService(
  agent: UpstreamAgent,
  operation: UpstreamOperation & { readonly success: readonly number[] },
  request: ServiceHttpRequest,
  signal: AbortSignalLike,
): Promise<UpstreamResponse> {
  return sendRequest(agent, request, signal, {
    maxBodyBytes: maxResponseBytes,
    errorOf: (failed) => {
      const { cause, status } = failed;
      const fault = faultOfFailure(failed, signal, operation.success);
      return fault === undefined ? cause : new UpstreamError(fault, operation, { status, cause });
    },
  });
}

/** A request to one of the services that hand out authorization, and so ask for none. */
export interface ServiceRequest extends UpstreamOperation {
  readonly service: ServiceName;
  readonly accountId: string;
  /** Path and query. */
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
  readonly success: readonly number[];
}

/** Posts to services that need no authorization. */
export class ServiceClient {
  readonly #agent: UpstreamAgent;

  constructor(
    private readonly directory: ServiceDirectory,
    proxies?: Proxies,
  ) {
    this.#agent = createServiceAgent(proxies);
  }

  /**
   * @returns the response, whatever its status
   * @throws UpstreamError where there is no complete one
   */
  post(context: LookupContext, request: ServiceRequest): Promise<UpstreamResponse> {
    const { path, body, contentType } = request;
    const headers = {
      accept: "application/json",
      "accept-encoding": acceptEncoding,
      "content-type": contentType,
      "x-request-id": context.requestId,
    };
    return atService(this.directory, request, context, (origin) =>
      sendToService(this.#agent, request, { origin, method: "POST", path, headers, body }, context.signal),
    );
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await this.#agent.close();
  }
}

/**
 * Parses the JSON of a response that may hold a token. The parser's error quotes the text, token included, so it is
 * dropped.
 *
 * @returns undefined where the body is no JSON
 */
export function parseTokenResponse({ body }: UpstreamResponse): unknown {
  try {
    return parseJson(body.text() ?? "");
  } catch {
    return undefined;
  }
}
