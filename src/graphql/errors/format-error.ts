import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError } from "graphql";
import type { GraphQLFormattedError } from "graphql";

import { noSuchReason, reasonOperations } from "../../upstream/api/index.js";
import type { StatusReasonRecord } from "../../upstream/api/index.js";
import { UpstreamConflictError } from "../../status-reasons/index.js";
import type { Conflict } from "../../status-reasons/index.js";
import { TooManySubscriptionsError } from "../../live/index.js";
import { UpstreamError } from "../../upstream/http/index.js";
import { ResponseTooLargeError } from "./response-bounds.js";
import { InputError } from "../validation/index.js";
import {
  inputError,
  internalError,
  isErrorCode,
  isRetryable,
  overloadedError,
  upstreamErrors,
  writeOutcomes,
} from "./error-codes.js";
import type { ErrorCode } from "./error-codes.js";
import { locationsOf } from "./node-locations.js";

/** The longest message, in characters. */
const maxMessageLength = 1000;

/**
 * Formats an error for the caller: a message, its position, and the documented `extensions` (docs/errors.md) only. An
 * unexpected error is masked.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { path } = formatted;
  const locations =
    formatted.locations ?? locationsOf(error instanceof GraphQLError ? error.nodes : undefined);
  const position = { ...(locations && { locations }), ...(path && { path }) };
  return { ...describe(formatted, error), ...position };
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
  if (original instanceof TooManySubscriptionsError)
    return describeCode(overloadedError.code, original.message);
  const code = codeOfRequestError(error);
  if (code !== undefined) return describeCode(code, short(formatted.message));
  return describeCode(internalError.code, internalError.message);
}

function describeCode(code: ErrorCode, message: string) {
  return { message, extensions: { code, retryable: isRetryable(code) } };
}

/** The code of an error of graphql-js or Apollo about the request; undefined for any other error. */
function codeOfRequestError(error: unknown): ErrorCode | undefined {
  const original = unwrapResolverError(error);
  if (!(original instanceof GraphQLError)) return undefined;
  const { code } = original.extensions;
  if (code !== undefined) return isErrorCode(code) && code !== internalError.code ? code : undefined;
  if (isClientError(original)) return "BAD_REQUEST";
  // graphql-js reports an argument that is invalid only with a variable's value without a code, but with its nodes.
  return original.nodes !== undefined || isBeforeExecution(original, error) ? inputError.code : undefined;
}

/**
 * Whether graphql-js refused the variables before it executed anything. It stops after 50 invalid values with
 * an error that has neither a code nor a location. An error of a resolver has a path, and an unexpected one a cause.
 */
function isBeforeExecution({ path, originalError }: GraphQLError, outer: unknown): boolean {
  return outer instanceof GraphQLError && outer.path === undefined && path === undefined && !originalError;
}

/** Some errors of Apollo have a status 4xx and no code, such as that of a persisted query with another one's hash. */
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
  return describeCode("RESPONSE_TOO_LARGE", message);
}

function describeInputError({ message, faults }: InputError) {
  const { code } = inputError;
  return {
    message: short(`${inputError.message.replace(/\.$/, ":")} ${message}`),
    extensions: { code, retryable: isRetryable(code), validationErrors: faults },
  };
}

/** Describes a failed upstream call by a documented code and in words. */
export function describeUpstreamError(error: UpstreamError) {
  const { code } = upstreamErrors[error.fault];
  const { service, operation, intent } = error.operation;
  const changesNothing = intent === "read" || error.outcome === "not-done";
  return {
    message: messageOf(error),
    extensions: {
      code,
      retryable: isRetryable(code, changesNothing),
      ...(error.retryAfterSeconds !== undefined && { retryAfter: error.retryAfterSeconds }),
      ...(error instanceof UpstreamConflictError && { conflict: describeConflict(error.conflict) }),
      upstream: { service, operation, ...(error.status !== undefined && { status: error.status }) },
    },
  };
}

function messageOf(error: UpstreamError): string {
  const { detail } = error;
  return ownMessageOf(error, detail === undefined ? "" : ` It says: ${detail}`);
}

/**
 * The message without what the upstream says.
 *
 * @param said put in the middle
 */
export function ownMessageOf({ fault, operation, explanation, outcome }: UpstreamError, said = ""): string {
  const done = operation.intent === "read" || outcome === undefined ? "" : ` ${writeOutcomes[outcome]}`;
  const about = fault === "not-found" && reasonOperations.has(operation.operation) ? noSuchReason : undefined;
  return (explanation ?? about ?? upstreamErrors[fault].message) + said + done;
}

function describeConflict({ kind, currentRevision, current }: Conflict) {
  return { kind, currentRevision, current: current && describeReason(current) };
}

function describeReason({ accountId, id, text, state, enabled, deleted }: StatusReasonRecord) {
  return { accountId, id, text, state, enabled, deleted };
}
