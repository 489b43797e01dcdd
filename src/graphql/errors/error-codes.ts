import type { UpstreamFault, WriteOutcome } from "../../upstream/http/index.js";

/** Whether a client may retry; `reads`: only reads, and writes that certainly did not happen. */
type Retryable = "yes" | "no" | "reads";

/** Every code that a response can have. A test compares docs/errors.md with it. */
export const errorCodes = {
  BAD_USER_INPUT: "no",
  UNAUTHENTICATED: "no",
  FORBIDDEN: "no",
  NOT_FOUND: "no",
  CONFLICT: "no",
  RATE_LIMITED: "yes",
  UPSTREAM_ERROR: "yes",
  UPSTREAM_TIMEOUT: "reads",
  UPSTREAM_UNAVAILABLE: "reads",
  UPSTREAM_INVALID_RESPONSE: "no",
  OVERLOADED: "yes",
  INTERNAL_SERVER_ERROR: "no",
  RESPONSE_TOO_LARGE: "no",
  TOO_MANY_ERRORS: "reads",

  // Documents that are not executed: the codes of Apollo.
  GRAPHQL_PARSE_FAILED: "no",
  GRAPHQL_VALIDATION_FAILED: "no",
  OPERATION_RESOLUTION_FAILURE: "no",
  PERSISTED_QUERY_NOT_FOUND: "no",

  // A document that `TRUSTED_DOCUMENTS` does not have.
  DOCUMENT_NOT_TRUSTED: "no",

  // Requests that are refused before GraphQL.
  BAD_REQUEST: "no",
  METHOD_NOT_ALLOWED: "no",
  REQUEST_TIMEOUT: "no",
  PAYLOAD_TOO_LARGE: "no",
  UNSUPPORTED_MEDIA_TYPE: "no",
  HEADERS_TOO_LARGE: "no",
} as const satisfies Record<string, Retryable>;

export type ErrorCode = keyof typeof errorCodes;

export const errorCodeNames = Object.keys(errorCodes) as readonly ErrorCode[];

/** Whether a code, such as one of another library, is documented. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorCodes, code);
}

/**
 * Whether a client may send the same request again.
 *
 * @param changesNothing whether the request was a read, or a write that certainly did not happen
 */
export function isRetryable(code: ErrorCode, changesNothing = true): boolean {
  const retryable: Retryable = errorCodes[code];
  return retryable === "yes" || (retryable === "reads" && changesNothing);
}

interface ErrorKind {
  /** `extensions.code`. */
  readonly code: ErrorCode;
  /** The message of the error; a short message of the upstream may follow. */
  readonly message: string;
}

/** The code and message of each upstream fault. */
export const upstreamErrors: Readonly<Record<UpstreamFault, ErrorKind>> = {
  "bad-request": {
    code: "BAD_USER_INPUT",
    message: "The upstream refused the input.",
  },
  unauthenticated: {
    code: "UNAUTHENTICATED",
    message: "The upstream does not accept the token: it is wrong or has expired.",
  },
  forbidden: {
    code: "FORBIDDEN",
    message: "The token does not allow this.",
  },
  "not-found": {
    code: "NOT_FOUND",
    message: "There is no such account.",
  },
  conflict: {
    code: "CONFLICT",
    message: "The write conflicts with the current status reasons.",
  },
  "rate-limited": {
    code: "RATE_LIMITED",
    message: "The upstream's rate limit is reached.",
  },
  "server-error": {
    code: "UPSTREAM_ERROR",
    message: "The upstream failed.",
  },
  timeout: {
    code: "UPSTREAM_TIMEOUT",
    message: "The upstream did not respond in time.",
  },
  unavailable: {
    code: "UPSTREAM_UNAVAILABLE",
    message: "The upstream could not be reached.",
  },
  "cut-off": {
    code: "UPSTREAM_INVALID_RESPONSE",
    message: "The upstream's response was cut off.",
  },
  cancelled: {
    code: "UPSTREAM_UNAVAILABLE",
    // Only seen when the gateway stops: a caller that disconnects reads no response.
    message: "The gateway is stopping and cancelled the request before the upstream responded.",
  },
  "over-budget": {
    code: "BAD_USER_INPUT",
    message: "The operation needs more upstream requests than it may send.",
  },
  "invalid-response": {
    code: "UPSTREAM_INVALID_RESPONSE",
    message: "The upstream's response is not valid.",
  },
};

/** The last sentence of a failed write's message: whether it changed anything. */
export const writeOutcomes: Readonly<Record<WriteOutcome, string>> = {
  "not-done": "Nothing was changed.",
  unknown: "Whether the change was made is unknown: check before you retry.",
};

/** An input that is refused before any upstream call. */
export const inputError: ErrorKind = {
  code: "BAD_USER_INPUT",
  message: "The input is not valid.",
};

/** More requests in flight than the gateway permits. */
export const overloadedError: ErrorKind = {
  code: "OVERLOADED",
  message: "The gateway is handling as many requests as it can; try again shortly.",
};

/** A caller sends more operations in a minute than the gateway permits. */
export const callerLimitedError: ErrorKind = {
  code: "RATE_LIMITED",
  message: "You have sent as many operations in a minute as you may; try again when the time is up.",
};

/** An unexpected error. It is masked: the log has its cause with the request id. */
export const internalError: ErrorKind = {
  code: "INTERNAL_SERVER_ERROR",
  message: "Internal server error.",
};
