import { faultOfStatus } from "./fault.js";
import type { UpstreamRequest, UpstreamResponse } from "./request.js";
import { UpstreamError } from "./upstream-error.js";
import type { UpstreamErrorDetails } from "./upstream-error.js";

const maxLength = 200;

/** The documented names of an error body's message, best first. */
const messageKeys = ["message", "error_description", "error"] as const;

interface RefusalDetails extends Pick<UpstreamErrorDetails, "explanation" | "retryAfterSeconds"> {
  /** Must not appear in the error, such as the token and the host that was called. */
  readonly secrets: readonly string[];
}

/** The error of a response that is no success. The upstream's own message is shown for a 400 and a 409 only. */
export function refusalError(
  request: UpstreamRequest,
  { status, body }: UpstreamResponse,
  { secrets, ...details }: RefusalDetails,
): UpstreamError {
  const detail = status === 400 || status === 409 ? upstreamMessage(body.text() ?? "", secrets) : undefined;
  return new UpstreamError(faultOfStatus(status), request, { ...details, status, detail });
}

/** Whether a 401 says that the token has expired, in its challenge (RFC 6750) or its body. Nothing of either is shown. */
export function saysExpired({ headers, body }: UpstreamResponse): boolean {
  const said = [headers["www-authenticate"], messageIn(body.text() ?? "")].flat();
  return said.some((text) => text !== undefined && /\bexpired\b/i.test(text));
}

/**
 * The upstream's own short message in the body of a 400 or 409: one line of at most 200 characters.
 * Error bodies are not documented and vary, so only the JSON forms are read; a message that holds markup,
 * an address or one of `secrets` is not shown at all.
 */
export function upstreamMessage(body: string, secrets: readonly string[]): string | undefined {
  const message = messageIn(body)
    ?.replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  if (message === undefined || message === "") return undefined;
  if (/[<>]|:\/\//.test(message) || secrets.some((secret) => message.includes(secret))) return undefined;
  const characters = Array.from(message);
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join("")}…` : message;
}

function messageIn(body: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null) return undefined;
  const values = messageKeys.map((key) => (json as Record<string, unknown>)[key]);
  return values.find((value): value is string => typeof value === "string" && value.trim() !== "");
}
