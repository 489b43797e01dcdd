import type { ServiceName } from "../../wire/index.js";

/** The ways in which an upstream call fails. */
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
  /** No connection, or it broke before a response, or the circuit or the queue refused the call. */
  | "unavailable"
  /** The connection broke in the middle of a successful response. */
  | "cut-off"
  /** Nobody waited for the response any more. */
  | "cancelled"
  /** Over the budget of the GraphQL request; nothing was sent. */
  | "over-budget"
  /** A response that is not what the contract says. */
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

/** The outcome of a write without a response. `not-done`: it never reached the upstream; `unknown`: it may have happened. */
export type WriteOutcome = "not-done" | "unknown";

export interface UpstreamErrorDetails {
  /** The HTTP status; undefined where there was no response. */
  readonly status?: number | undefined;
  /** The upstream's own short message: one line, safe to show. */
  readonly detail?: string | undefined;
  /** The gateway's own message, in place of the general one for the fault. */
  readonly explanation?: string | undefined;
  /** When to retry, in seconds from now. */
  readonly retryAfterSeconds?: number | undefined;
  /** Of a write, where the fault alone does not tell whether it happened. */
  readonly outcome?: WriteOutcome | undefined;
  readonly cause?: unknown;
}

/** A failed upstream call. Everything but its `cause` may be shown to callers. */
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

/** A call that ended before it was sent. */
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
