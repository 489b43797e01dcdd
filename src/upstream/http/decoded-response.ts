import { parseJson } from "../../lib/index.js";
import { CharsetError } from "./charset.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
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
  if (value === undefined) throw invalidResponse(request, response);
  return value;
}

/** @throws UpstreamError `invalid-response` where the body is no JSON, or is not in its charset */
export function parsedBody(request: UpstreamRequest, response: UpstreamResponse): unknown {
  const text = response.body.text();
  if (text === undefined) throw invalidResponse(request, response, new CharsetError());
  try {
    return parseJson(text);
  } catch (cause) {
    throw invalidResponse(request, response, cause);
  }
}

/** Of a write, a success that cannot be read says no more than that it may have happened. */
function invalidResponse(
  request: UpstreamRequest,
  { status }: UpstreamResponse,
  cause?: unknown,
): UpstreamError {
  const outcome = request.intent === "write" ? "unknown" : undefined;
  return new UpstreamError("invalid-response", request, { status, outcome, cause });
}
