import type { ServiceName } from "../../wire/index.js";

/** What can go wrong with an upstream call. */
export type UpstreamFault =
  | "bad-request"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "rate-limited"
  /** A 5xx. */
  | "server-error"
  /** The deadline passed. */
  | "timeout"
  /** No connection, or it broke before an answer, or the upstream is spared for now. */
  | "unavailable"
  /** The connection broke in the middle of an answer of success. */
  | "cut-off"
  /** Nobody waited for the answer any more. */
  | "cancelled"
  /** More than one GraphQL request may ask for; nothing was sent. */
  | "over-budget"
  /** An answer that is not what the contract says. */
  | "invalid-response";

/** Which endpoint was called, in the upstream's own terms. */
export interface UpstreamOperation {
  /** `domain`: the Domain API itself. */
  readonly service: ServiceName | "domain";
  /** The endpoint, such as `listStatusReasons`. */
  readonly operation: string;
  /** Whether the call changes anything upstream. */
  readonly intent: "read" | "write";
}

/**
 * What became of a write that has no answer. `not-done`: it certainly never reached the upstream, or was
 * seen not to have happened; `unknown`: it may have happened.
 */
export type WriteOutcome = "not-done" | "unknown";

export interface UpstreamErrorDetails {
  /** The HTTP status; undefined where there was no answer. */
  readonly status?: number | undefined;
  /** The upstream's own short message: one line, safe to show. */
  readonly detail?: string | undefined;
  /** What the gateway itself has to say about it, instead of what it says about any such fault. */
  readonly explanation?: string | undefined;
  /** When to try again, in seconds from now. */
  readonly retryAfterSeconds?: number | undefined;
  /** Whether a write has happened all the same, where the fault alone does not tell. */
  readonly outcome?: WriteOutcome | undefined;
  readonly cause?: unknown;
}

/** An upstream call that failed. Holds nothing that a caller must not see but its `cause`. */
export class UpstreamError extends Error {
  override readonly name: string = "UpstreamError";
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly explanation: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly outcome: WriteOutcome | undefined;

  constructor(
    readonly fault: UpstreamFault,
    readonly operation: UpstreamOperation,
    details: UpstreamErrorDetails = {},
  ) {
    super(`${operation.operation}: ${fault}`, { cause: details.cause });
    this.status = details.status;
    this.detail = details.detail;
    this.explanation = details.explanation;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.outcome = details.outcome;
  }
}

/** A call that was given up before it was sent: whatever it is, the upstream does not know of it. */
export class UnsentCallError extends UpstreamError {
  override readonly name = "UnsentCallError";

  constructor(
    fault: "rate-limited" | "timeout" | "unavailable" | "cancelled",
    operation: UpstreamOperation,
    details: Pick<UpstreamErrorDetails, "retryAfterSeconds" | "cause"> = {},
  ) {
    super(fault, operation, { ...details, outcome: "not-done" });
  }
}
