import type { BaseContext, GraphQLRequestContext } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";

import type { EndedOperation } from "../metrics/index.js";

/** What is told of one operation, in the log, the metrics and the trace: no variable, nothing of a caller. */
export interface OperationSummary {
  readonly name: string | undefined;
  /** The beginning of the document's SHA-256. */
  readonly hash: string | undefined;
  readonly type: EndedOperation["type"];
  readonly outcome: EndedOperation["outcome"];
  /** The distinct codes of the answer's errors. */
  readonly errorCodes: readonly string[];
}

/** Callers choose the name, and could choose one as long as a body. */
const maxNameLength = 64;

const hashLength = 12;

export function summarize(request: GraphQLRequestContext<BaseContext>): OperationSummary {
  const { operation, operationName, queryHash, response } = request;
  const result = response.body?.kind === "single" ? response.body.singleResult : {};
  return {
    name: operationName?.slice(0, maxNameLength),
    hash: queryHash?.slice(0, hashLength),
    type: operation?.operation ?? "unknown",
    outcome: outcomeOf(result.data, result.errors),
    errorCodes: codesOf(result.errors ?? []),
  };
}

/** An operation that was executed has `data`, be it null; one that was refused has none. */
function outcomeOf(data: unknown, errors: readonly unknown[] | undefined): OperationSummary["outcome"] {
  if (errors === undefined || errors.length === 0) return "ok";
  if (data === undefined) return "refused";
  return data === null ? "failed" : "partial";
}

function codesOf(errors: readonly GraphQLFormattedError[]): string[] {
  return [...new Set(errors.map(({ extensions }) => String(extensions?.["code"])))];
}
