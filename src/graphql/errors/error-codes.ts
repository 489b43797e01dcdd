import type { UpstreamFault, WriteOutcome } from "../../upstream/upstream-error.js";

/** When it makes sense to send the same operation again; `reads`: and writes that certainly did not happen. */
type Retryable = "yes" | "no" | "reads";

interface ErrorKind {
  /** `extensions.code`. */
  readonly code: string;
  readonly retryable: Retryable;
  /** What the error says; the upstream's own short message may follow. */
  readonly message: string;
}

/** The one table of what each upstream fault is to a caller. */
export const upstreamErrors: Readonly<Record<UpstreamFault, ErrorKind>> = {
  "bad-request": {
    code: "BAD_USER_INPUT",
    retryable: "no",
    message: "The upstream refused the input.",
  },
  unauthenticated: {
    code: "UNAUTHENTICATED",
    retryable: "no",
    message: "A valid bearer token is needed in the Authorization header.",
  },
  forbidden: {
    code: "FORBIDDEN",
    retryable: "no",
    message: "The token does not allow this.",
  },
  "not-found": {
    code: "NOT_FOUND",
    retryable: "no",
    message: "There is no such account or status reason.",
  },
  conflict: {
    code: "CONFLICT",
    retryable: "no",
    message: "The write conflicts with what is there.",
  },
  "rate-limited": {
    code: "RATE_LIMITED",
    retryable: "yes",
    message: "The upstream's rate limit is reached.",
  },
  "server-error": {
    code: "UPSTREAM_ERROR",
    retryable: "yes",
    message: "The upstream failed.",
  },
  timeout: {
    code: "UPSTREAM_TIMEOUT",
    retryable: "reads",
    message: "The upstream did not answer in time.",
  },
  unavailable: {
    code: "UPSTREAM_UNAVAILABLE",
    retryable: "reads",
    message: "The upstream could not be reached.",
  },
  cancelled: {
    code: "UPSTREAM_UNAVAILABLE",
    retryable: "reads",
    // A caller who left reads no answer: whoever reads this one waited until the gateway stopped.
    message: "The gateway is stopping and gave the request up before the upstream answered.",
  },
  "invalid-response": {
    code: "UPSTREAM_INVALID_RESPONSE",
    retryable: "no",
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
  retryable: "no",
  message: "The input is not valid.",
};

/** More requests at one time than the gateway takes. */
export const overloadedError: ErrorKind = {
  code: "OVERLOADED",
  retryable: "yes",
  message: "The gateway answers as many requests as it can; try again shortly.",
};

/** Anything unexpected: masked, its cause is in the log under the request id. */
export const internalError: ErrorKind = {
  code: "INTERNAL_SERVER_ERROR",
  retryable: "no",
  message: "Internal server error.",
};
