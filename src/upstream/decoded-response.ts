import type { UpstreamRequest, UpstreamResponse } from "./http-client.js";
import { parseJson } from "./json.js";
import { UpstreamError } from "./upstream-error.js";

/**
 * Decodes the JSON body of a response.
 *
 * @param decode answers undefined where the JSON is not what the contract says
 * @throws UpstreamError `invalid-response` where the body is no JSON, or not what `decode` expects
 */
export function decodedBody<T>(
  request: UpstreamRequest,
  response: UpstreamResponse,
  decode: (json: unknown) => T | undefined,
): T {
  const value = decode(parsedBody(request, response));
  if (value === undefined) {
    throw new UpstreamError("invalid-response", request, { status: response.status });
  }
  return value;
}

/** @throws UpstreamError `invalid-response` where the body is no JSON */
export function parsedBody(request: UpstreamRequest, { status, body }: UpstreamResponse): unknown {
  try {
    return parseJson(body);
  } catch (cause) {
    throw new UpstreamError("invalid-response", request, { status, cause });
  }
}
