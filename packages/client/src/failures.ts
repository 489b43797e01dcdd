import { errorCodes } from "./error-codes.js";
import type { ErrorCode } from "./error-codes.js";
import type { ConflictKind, ReasonFieldsFragment } from "./documents.js";

/** An error of the gateway: its message and `extensions` in one object. `code` tells what else it has. */
export type GatewayFailure = { [Code in ErrorCode]: FailureOf<Code> }[ErrorCode];

/** An error with a certain code. */
export type FailureOf<Code extends ErrorCode> = FailureFields<Code> &
  (Code extends keyof Details ? Details[Code] : unknown);

interface FailureFields<Code> {
  readonly code: Code;
  /** For people; it may change. */
  readonly message: string;
  /** The field of the operation that failed; missing where nothing was executed. */
  readonly path?: readonly (string | number)[];
  /** Whether the same operation may be sent again. */
  readonly retryable: boolean;
  /** How long to wait before that, in seconds. */
  readonly retryAfter?: number;
  /** Identifies the request in the gateway's log. */
  readonly requestId?: string;
  /** The upstream call that failed; `status` is missing if there was no response. */
  readonly upstream?: { readonly service: string; readonly operation: string; readonly status?: number };
}

/** What errors with some codes have besides. */
interface Details {
  readonly CONFLICT: { readonly conflict: Conflict };
  /** Missing where the upstream or GraphQL itself rejected the input. */
  readonly BAD_USER_INPUT: { readonly validationErrors?: readonly ValidationError[] };
}

/** What a write conflicted with. */
export interface Conflict {
  readonly kind: ConflictKind;
  /** The collection's revision; null if the upstream did not return it. */
  readonly currentRevision: string | null;
  /** The reason as it is now; of a create, the one that has the text. null if it is unknown. */
  readonly current: ReasonFieldsFragment | null;
}

/** A value of the input that breaks a rule. */
export interface ValidationError {
  /** Where in the field's arguments, such as `input.text`. */
  readonly path: string;
  /** The rule's name. */
  readonly constraint: string;
  readonly message: string;
}

/** Narrows a failure by its code: `hasCode(failure, "CONFLICT") && failure.conflict`. */
export function hasCode<Code extends ErrorCode>(
  failure: GatewayFailure,
  code: Code,
): failure is GatewayFailure & FailureOf<Code> {
  return failure.code === code;
}

/**
 * The gateway's errors in what a client throws or returns: Apollo Client's `CombinedGraphQLErrors` and `ServerError`,
 * urql's `CombinedError`, the errors of a subscription, or a GraphQL response. Empty if the gateway was not reached, or
 * something in front of it answered.
 */
export function failuresOf(error: unknown): readonly GatewayFailure[] {
  return errorsIn(error).flatMap((item) => {
    const { message, path, extensions } = item as Partial<WireError>;
    if (!isErrorCode(extensions?.code)) return [];
    return [{ message, ...(path && { path }), ...extensions } as GatewayFailure];
  });
}

/** The conflict of a write, to be shown; undefined for other errors. */
export function conflictOf(error: unknown): Conflict | undefined {
  return failuresOf(error).find((failure) => hasCode(failure, "CONFLICT"))?.conflict;
}

/** An error in a GraphQL response. */
interface WireError {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly extensions: { readonly code?: unknown };
}

function isErrorCode(code: unknown): code is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(code);
}

/** The GraphQL errors in what a client gives. */
function errorsIn(error: unknown): readonly object[] {
  if (Array.isArray(error)) {
    return (error as unknown[]).filter((item) => typeof item === "object" && item !== null);
  }
  if (typeof error !== "object" || error === null) return [];
  const { errors, graphQLErrors, bodyText } = error as Readonly<Record<string, unknown>>;
  const inner = errors ?? graphQLErrors;
  if (Array.isArray(inner)) return errorsIn(inner);
  return typeof bodyText === "string" ? errorsIn(parsed(bodyText)) : [];
}

/** The body of a 4xx or 5xx; undefined if it is not JSON, and so not the gateway's but that of a proxy before it. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
