import type { UpstreamAgent } from "./agents.js";
import { acceptEncoding } from "./content-encoding.js";
import { createDispatcher, exchange } from "./exchange.js";
import type { Proxies } from "./proxies.js";
import type { UpstreamResponse } from "./request.js";
import { parseJson } from "../../lib/index.js";
import { atService } from "./service-directory.js";
import type { LookupContext, ServiceDirectory } from "./service-directory.js";
import type { UpstreamOperation } from "./upstream-error.js";
import type { ServiceName } from "../../wire/index.js";

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

/** Posts to services without any authorization. */
export class ServiceClient {
  readonly #dispatcher: UpstreamAgent;

  constructor(
    private readonly directory: ServiceDirectory,
    proxies?: Proxies,
  ) {
    this.#dispatcher = createDispatcher(proxies);
  }

  /**
   * @returns the answer, whatever its status
   * @throws UpstreamError where there is none
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
      exchange(this.#dispatcher, request, { origin, method: "POST", path, headers, body }, context.signal),
    );
  }

  /** Closes the connections when what is in flight has ended. */
  async close(): Promise<void> {
    await this.#dispatcher.close();
  }
}

/**
 * The JSON of an answer that may hold a token. What is no JSON may hold one all the same, so the parser's
 * complaint, which quotes it, is dropped.
 *
 * @returns undefined where it is no JSON
 */
export function tokenAnswer({ body }: UpstreamResponse): unknown {
  try {
    return parseJson(body.text() ?? "");
  } catch {
    return undefined;
  }
}
