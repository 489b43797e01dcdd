import type { UpstreamFault, WriteOutcome } from "../../upstream/http/index.js";

/** When it makes sense to send the same request again; `reads`: and writes that certainly did not happen. */
type Retryable = "yes" | "no" | "reads";

/** Every code that an answer can carry; docs/errors.md is held against it. */
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

  // Documents that are not executed: GraphQL's and Apollo's own words.
  GRAPHQL_PARSE_FAILED: "no",
  GRAPHQL_VALIDATION_FAILED: "no",
  OPERATION_RESOLUTION_FAILURE: "no",
  PERSISTED_QUERY_NOT_FOUND: "no",

  // Requests that GraphQL never sees.
  BAD_REQUEST: "no",
  METHOD_NOT_ALLOWED: "no",
  REQUEST_TIMEOUT: "no",
  PAYLOAD_TOO_LARGE: "no",
  UNSUPPORTED_MEDIA_TYPE: "no",
  HEADERS_TOO_LARGE: "no",
} as const satisfies Record<string, Retryable>;

export type ErrorCode = keyof typeof errorCodes;

/** Whether somebody else's code is one that callers are told. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorCodes, code);
}

interface ErrorKind {
  /** `extensions.code`. */
  readonly code: ErrorCode;
  /** What the error says; the upstream's own short message may follow. */
  readonly message: string;
}

/** What each upstream fault is to a caller. */
export const upstreamErrors: Readonly<Record<UpstreamFault, ErrorKind>> = {
  "bad-request": {
    code: "BAD_USER_INPUT",
    message: "The upstream refused the input.",
  },
  unauthenticated: {
    code: "UNAUTHENTICATED",
    message: "A valid bearer token is needed in the Authorization header.",
  },
  forbidden: {
    code: "FORBIDDEN",
    message: "The token does not allow this.",
  },
  "not-found": {
    code: "NOT_FOUND",
    message: "There is no such account or status reason.",
  },
  conflict: {
    code: "CONFLICT",
    message: "The write conflicts with what is there.",
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
    message: "The upstream did not answer in time.",
  },
  unavailable: {
    code: "UPSTREAM_UNAVAILABLE",
    message: "The upstream could not be reached.",
  },
  "cut-off": {
    code: "UPSTREAM_INVALID_RESPONSE",
    message: "The upstream's answer was cut off.",
  },
  cancelled: {
    code: "UPSTREAM_UNAVAILABLE",
    // A caller who left reads no answer: whoever reads this one waited until the gateway stopped.
    message: "The gateway is stopping and gave the request up before the upstream answered.",
  },
  "over-budget": {
    code: "BAD_USER_INPUT",
    message: "The operation asks for more than one may.",
  },
  "invalid-response": {
    code: "UPSTREAM_INVALID_RESPONSE",
    message: "The upstream's answer could not be understood.",
  },
};

/** What a failed write's error says more: what the caller most needs to know. */
export const writeOutcomes: Readonly<Record<WriteOutcome, string>> = {
  "not-done": "Nothing was changed.",
  unknown: "Whether the change was made is unknown: look before you try again.",
};

/** An input that was refused here, before any upstream call. */
export const inputError: ErrorKind = {
  code: "BAD_USER_INPUT",
  message: "The input is not valid.",
};

/** More requests at one time than the gateway takes. */
export const overloadedError: ErrorKind = {
  code: "OVERLOADED",
  message: "The gateway answers as many requests as it can; try again shortly.",
};

/** Anything unexpected: masked, its cause is in the log under the request id. */
export const internalError: ErrorKind = {
  code: "INTERNAL_SERVER_ERROR",
  message: "Internal server error.",
};
