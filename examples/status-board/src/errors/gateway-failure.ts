import { CombinedGraphQLErrors } from "@apollo/client/errors";

import type { ReasonFragment } from "../gql/graphql.js";

/** A concurrent change of the reason that a write was for: `extensions.conflict`. */
export interface Conflict {
  readonly kind: "STALE_REVISION" | "DUPLICATE_TEXT" | "UNKNOWN";
  readonly currentRevision: string | null;
  readonly current: (ReasonFragment & { readonly deleted: boolean }) | null;
}

interface ValidationError {
  readonly path: string;
  readonly message: string;
}

/** The part of an error's `extensions` that the board uses. */
interface Extensions {
  readonly code?: string;
  readonly retryable?: boolean;
  readonly retryAfter?: number;
  readonly requestId?: string;
  readonly conflict?: Conflict;
  readonly validationErrors?: readonly ValidationError[];
}

/** Why an operation failed, in a form that components can show. */
export interface GatewayFailure {
  /** The error code; `NETWORK` if the gateway could not be reached. */
  readonly code: string;
  readonly message: string;
  /** Whether a retry may succeed. */
  readonly isRetryable: boolean;
  /** How many seconds to wait before a retry, if the gateway says so. */
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly conflict?: Conflict | undefined;
  /** Error messages, by the input's field. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Converts an error of Apollo Client. */
export function failureOf(error: unknown): GatewayFailure {
  const [first] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  if (first === undefined) {
    const message = "The gateway cannot be reached. Check its URL.";
    return { code: "NETWORK", message, isRetryable: true, fields: {} };
  }
  const extensions = (first.extensions ?? {}) as Extensions;
  const { code = "UNKNOWN", retryable: isRetryable = false, retryAfter, requestId, conflict } = extensions;
  const fields = fieldErrors(extensions);
  return { code, message: first.message, isRetryable, retryAfter, requestId, conflict, fields };
}

/** Error messages by field: the last part of a path such as `input.text`. */
function fieldErrors({ validationErrors = [], conflict }: Extensions): Record<string, string> {
  if (conflict?.kind === "DUPLICATE_TEXT") return { text: describeHolder(conflict) };
  return Object.fromEntries(
    validationErrors.map(({ path, message }) => [path.split(".").at(-1) ?? path, sentence(message)]),
  );
}

function describeHolder({ current }: Conflict): string {
  const holder = current?.deleted === true ? "A deleted reason" : "Another reason";
  return `${holder} already has this text.`;
}

/** Makes a validation message such as "must not be empty" a sentence. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
