import type { BaseContext, GraphQLRequestContext } from "@apollo/server";
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";

import type { EndedOperation } from "../metrics/index.js";

/** Why an operation failed: the most serious of its errors, in words that are fit for the log. */
export interface OperationFailure {
  /** `error`: the gateway's fault; `warn`: the upstream's; `info`: the caller's. */
  readonly level: "error" | "warn" | "info";
  /** Its code; `CANCELLED`: the caller has left, or the gateway stops. */
  readonly code: string;
  readonly message?: string;
  /** Of the upstream call that failed. */
  readonly service?: string;
  readonly operation?: string;
  readonly status?: number;
  /** Where in the response the error is; not logged. */
  readonly path: readonly (string | number)[] | undefined;
}

/** One operation as the log, the metrics and the trace show it: no variable, nothing of the caller. */
export interface OperationSummary {
  readonly name: string | undefined;
  /** The first characters of the document's SHA-256. */
  readonly hash: string | undefined;
  readonly type: EndedOperation["type"];
  readonly outcome: EndedOperation["outcome"];
  /** The distinct codes of its errors. */
  readonly errorCodes: readonly string[];
  readonly failure?: OperationFailure | undefined;
  /** The account that the failure is about. */
  readonly accountId?: string | undefined;
}

/** In characters: callers choose the name, and it could be as long as a body. */
const maxNameLength = 64;

const hashLength = 12;

const cancelled = "CANCELLED";

/** @param failure why it failed, where that is known */
export function summarize(
  request: GraphQLRequestContext<BaseContext>,
  failure?: OperationFailure,
  accountId?: string,
): OperationSummary {
  const { operation, operationName, queryHash, response } = request;
  return {
    name: operationName?.slice(0, maxNameLength),
    hash: queryHash === undefined ? undefined : shortHash(queryHash),
    type: operation?.operation ?? "unknown",
    ...summarizeResult(response.body?.kind === "single" ? response.body.singleResult : {}),
    // Callers who leave are no fault of the upstream's, which the code of the response nobody reads names.
    ...(failure?.code === cancelled && { errorCodes: [cancelled] }),
    failure,
    accountId,
  };
}

/** @param hash of a document, in hexadecimal */
export function shortHash(hash: string): string {
  return hash.slice(0, hashLength);
}

/** What is told of an operation's result. */
export function summarizeResult({
  data,
  errors = [],
}: FormattedExecutionResult): Pick<OperationSummary, "outcome" | "errorCodes"> {
  return { outcome: outcomeOf(data, errors), errorCodes: codesOf(errors) };
}

/** An operation that was executed has `data`, maybe null; one that was refused has none. */
function outcomeOf(data: unknown, errors: readonly unknown[]): OperationSummary["outcome"] {
  if (errors.length === 0) return "ok";
  if (data === undefined) return "refused";
  return data === null ? "failed" : "partial";
}

function codesOf(errors: readonly GraphQLFormattedError[]): string[] {
  return [...new Set(errors.map(({ extensions }) => String(extensions?.["code"])))];
}
