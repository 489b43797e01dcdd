import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError } from "graphql";

import type { OperationFailure } from "../../observability/index.js";
import { gatewayRefused, UpstreamError } from "../../upstream/http/index.js";
import type { UpstreamFault } from "../../upstream/http/index.js";
import { internalError, upstreamErrors } from "./error-codes.js";
import { formatError, isUnexpected, ownMessageOf } from "./format-error.js";

/** Of a response with thousands of errors, the first are looked at. */
const maxErrors = 100;

/** What operators can act on. The other faults are mistakes of callers. */
const operational: ReadonlySet<UpstreamFault> = new Set<UpstreamFault>([
  "rate-limited",
  "server-error",
  "timeout",
  "unavailable",
  "cut-off",
  "invalid-response",
]);

/**
 * The most serious of an operation's errors, as the log shows it: nothing that the caller or the upstream sent.
 *
 * @returns undefined where there are no errors
 */
export function failureOf(errors: readonly unknown[] = []): OperationFailure | undefined {
  const failures = errors.slice(0, maxErrors).map(describeFailure);
  for (const level of ["error", "warn"] as const) {
    const failure = failures.find((found) => found.level === level);
    if (failure !== undefined) return failure;
  }
  return failures[0];
}

function describeFailure(error: unknown): OperationFailure {
  const path = error instanceof GraphQLError ? error.path : undefined;
  if (isUnexpected(error)) return { level: "error", ...internalError, path };
  const original = unwrapResolverError(error);
  if (!(original instanceof UpstreamError)) {
    return { level: "info", code: String(formatError({ message: "" }, error).extensions?.["code"]), path };
  }
  const { fault, status, operation } = original;
  return {
    level: levelOf(original),
    // The caller has left, or the gateway stops: no fault of the upstream.
    code: fault === "cancelled" ? "CANCELLED" : upstreamErrors[fault].code,
    message: ownMessageOf(original),
    service: operation.service,
    operation: operation.operation,
    ...(status !== undefined && { status }),
    path,
  };
}

function levelOf({ fault, explanation }: UpstreamError): OperationFailure["level"] {
  // The credentials of the configuration: no caller can do anything.
  if (explanation === gatewayRefused) return "error";
  return operational.has(fault) ? "warn" : "info";
}
