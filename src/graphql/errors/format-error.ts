import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError } from "graphql";
import type { GraphQLFormattedError } from "graphql";

import type { StatusReasonRecord } from "../../upstream/api/index.js";
import { UpstreamConflictError } from "../../status-reasons/index.js";
import type { Conflict } from "../../status-reasons/index.js";
import { TooManySubscriptionsError } from "../../live/index.js";
import { UpstreamError } from "../../upstream/http/index.js";
import { ResponseTooLargeError } from "./response-bounds.js";
import { InputError } from "../validation/index.js";
import {
  errorCodes,
  inputError,
  internalError,
  isErrorCode,
  overloadedError,
  upstreamErrors,
  writeOutcomes,
} from "./error-codes.js";
import type { ErrorCode } from "./error-codes.js";
import { placesOf } from "./node-places.js";

/** The longest message, in characters. */
const maxMessageLength = 1000;

/**
 * Formats an error for the caller: a message, its place, and the documented `extensions` (docs/errors.md) only. An
 * unexpected error is masked.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { path } = formatted;
  const locations = formatted.locations ?? placesOf(error instanceof GraphQLError ? error.nodes : undefined);
  const where = { ...(locations && { locations }), ...(path && { path }) };
  return { ...describe(formatted, error), ...where };
}

/** Whether neither the caller nor the upstream caused an error, so that its cause has to be logged. */
export function isUnexpected(error: unknown): boolean {
  const original = unwrapResolverError(error);
  const isKnown =
    original instanceof UpstreamError ||
    original instanceof InputError ||
    original instanceof ResponseTooLargeError ||
    original instanceof TooManySubscriptionsError;
  return !isKnown && codeOfRequestError(error) === undefined;
}

function describe(formatted: GraphQLFormattedError, error: unknown) {
  const original = unwrapResolverError(error);
  if (original instanceof UpstreamError) return describeUpstreamError(original);
  if (original instanceof InputError) return describeInputError(original);
  if (original instanceof ResponseTooLargeError) return formatTooLarge(original);
  if (original instanceof TooManySubscriptionsError) {
    return { message: original.message, extensions: { code: overloadedError.code, retryable: true } };
  }
  const code = codeOfRequestError(error);
  if (code !== undefined)
    return { message: short(formatted.message), extensions: { code, retryable: false } };
  return { message: internalError.message, extensions: { code: internalError.code, retryable: false } };
}

/** The code of an error of graphql-js or Apollo about the request; undefined for any other error. */
function codeOfRequestError(error: unknown): ErrorCode | undefined {
  const original = unwrapResolverError(error);
  if (!(original instanceof GraphQLError)) return undefined;
  const { code } = original.extensions;
  if (code !== undefined) return isErrorCode(code) && code !== internalError.code ? code : undefined;
  if (isClientError(original)) return "BAD_REQUEST";
  // graphql-js gives no code, but the place in the document, to an argument that only turns out wrong when
  // a variable is filled in.
  return original.nodes !== undefined || isBeforeExecution(original, error) ? inputError.code : undefined;
}

/**
 * Whether graphql-js refused the variables before it executed anything. It gives up after 50 wrong values with an
 * error that has neither a code nor a place. What a resolver throws has a path, and what broke has a cause.
 */
function isBeforeExecution({ path, originalError }: GraphQLError, outer: unknown): boolean {
  return outer instanceof GraphQLError && outer.path === undefined && path === undefined && !originalError;
}

/** Apollo gives some of its refusals a 4xx and no code: a persisted query whose hash is another's is one. */
function isClientError({ extensions }: GraphQLError): boolean {
  const { status } = (extensions["http"] ?? {}) as { readonly status?: number };
  return status !== undefined && status >= 400 && status < 500;
}

/** Cuts a message: graphql-js repeats the caller's names and values, however long they are. */
function short(message: string): string {
  return message.length <= maxMessageLength ? message : `${message.slice(0, maxMessageLength)}…`;
}

/** Formats the error of a response that is too large. */
export function formatTooLarge({ message }: ResponseTooLargeError) {
  return { message, extensions: { code: "RESPONSE_TOO_LARGE" satisfies ErrorCode, retryable: false } };
}

function describeInputError({ message, faults }: InputError) {
  return {
    message: short(`${inputError.message.replace(/\.$/, ":")} ${message}`),
    extensions: { code: inputError.code, retryable: false, validationErrors: faults },
  };
}

function describeUpstreamError(error: UpstreamError) {
  const { code } = upstreamErrors[error.fault];
  const retryable = errorCodes[code];
  const { service, operation, intent } = error.operation;
  const changesNothing = intent === "read" || error.outcome === "not-done";
  return {
    message: messageOf(error),
    extensions: {
      code,
      retryable: retryable === "yes" || (retryable === "reads" && changesNothing),
      ...(error.retryAfterSeconds !== undefined && { retryAfter: error.retryAfterSeconds }),
      ...(error instanceof UpstreamConflictError && { conflict: describeConflict(error.conflict) }),
      upstream: { service, operation, ...(error.status !== undefined && { status: error.status }) },
    },
  };
}

function messageOf({ fault, operation, detail, explanation, outcome }: UpstreamError): string {
  const said = detail === undefined ? "" : ` It says: ${detail}`;
  const done = operation.intent === "read" || outcome === undefined ? "" : ` ${writeOutcomes[outcome]}`;
  return (explanation ?? upstreamErrors[fault].message) + said + done;
}

function describeConflict({ kind, currentRevision, current }: Conflict) {
  return { kind, currentRevision, current: current && describeReason(current) };
}

function describeReason({ accountId, id, text, state, enabled, deleted }: StatusReasonRecord) {
  return { accountId, id, text, state, enabled, deleted };
}
