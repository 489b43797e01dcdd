import * as z from "zod";

import type {
  LookupContext,
  Proxies,
  UpstreamAgent,
  UpstreamFault,
  UpstreamResponse,
} from "../../http/index.js";
import {
  acceptEncoding,
  createServiceAgent,
  decodeLookupPause,
  sendToService,
  UpstreamError,
} from "../../http/index.js";
import { parseJson } from "../../../lib/index.js";
import type { ServiceName } from "../../../wire/index.js";

export const getBaseUri = { service: "domain", operation: "getBaseUri", intent: "read" } as const;

const baseUri = z.object({ baseURI: z.string() });

/** The Domain API: finds the host of an account's service. It is never sent an authorization. */
export class DomainApi {
  readonly #agent: UpstreamAgent;

  /** @param origin where the Domain API is */
  constructor(
    private readonly origin: string,
    proxies?: Proxies,
  ) {
    this.#agent = createServiceAgent(proxies);
  }

  /**
   * @returns the base URI unchecked: it must pass the host rules before anything is sent there
   * @throws UpstreamError `not-found` where the account or its service is unknown
   */
  async baseUri(
    { requestId, signal }: LookupContext,
    accountId: string,
    service: ServiceName,
  ): Promise<string> {
    const account = encodeURIComponent(accountId);
    const path = `/api/account/${account}/service/${service}/baseURI.json?version=1.0`;
    const headers = {
      accept: "application/json",
      "accept-encoding": acceptEncoding,
      "x-request-id": requestId,
    };
    const request = { origin: this.origin, method: "GET", path, headers } as const;
    const response = await sendToService(this.#agent, { ...getBaseUri, success: [200] }, request, signal);
    if (response.status !== 200) throw refusal(response, accountId);
    return decode(response);
  }

  /** Closes the connections at once: nobody waits for a response any more. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }
}

function decode({ status, body }: UpstreamResponse): string {
  try {
    return baseUri.parse(parseJson(body.text() ?? "")).baseURI;
  } catch (cause) {
    throw new UpstreamError("invalid-response", getBaseUri, { status, cause });
  }
}

function refusal({ status, headers }: UpstreamResponse, accountId: string): UpstreamError {
  const fault = faultOf(status);
  if (fault === "not-found") return unknownAccount(accountId, status);
  return new UpstreamError(fault, getBaseUri, {
    status,
    retryAfterSeconds: status === 429 ? decodeLookupPause(headers["retry-after"]) : undefined,
  });
}

/** @param status the HTTP status that the Domain API responded with */
export function unknownAccount(accountId: string, status: number | undefined): UpstreamError {
  return new UpstreamError("not-found", getBaseUri, {
    status,
    explanation: `There is no account ${accountId}.`,
  });
}

/** Without the Domain API nothing can be reached, so its own failure is an outage. */
function faultOf(status: number): UpstreamFault {
  // The editions of the documentation disagree on which of these it is for an unknown account.
  if ([400, 401, 404].includes(status)) return "not-found";
  if (status === 429) return "rate-limited";
  return status >= 500 && status <= 599 ? "unavailable" : "invalid-response";
}
