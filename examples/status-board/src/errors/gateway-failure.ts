import { CombinedGraphQLErrors } from "@apollo/client/errors";

import type { ReasonFragment } from "../gql/graphql.js";

/** What another did to a reason that was about to be written: `extensions.conflict`. */
export interface Conflict {
  readonly kind: "STALE_REVISION" | "DUPLICATE_TEXT" | "UNKNOWN";
  readonly currentRevision: string | null;
  readonly current: (ReasonFragment & { readonly deleted: boolean }) | null;
}

interface ValidationError {
  readonly path: string;
  readonly message: string;
}

/** The gateway's `extensions`, as far as this board uses them. */
interface Extensions {
  readonly code?: string;
  readonly retryable?: boolean;
  readonly requestId?: string;
  readonly conflict?: Conflict;
  readonly validationErrors?: readonly ValidationError[];
}

/** Why an operation failed, in a form that components can show. */
export interface GatewayFailure {
  /** The gateway's code; `NETWORK` where the gateway could not be asked. */
  readonly code: string;
  readonly message: string;
  /** Whether the same operation may succeed another time. */
  readonly isRetryable: boolean;
  readonly requestId?: string | undefined;
  readonly conflict?: Conflict | undefined;
  /** What is wrong, by the input's field. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads what Apollo Client throws. */
export function failureOf(error: unknown): GatewayFailure {
  const [first] = CombinedGraphQLErrors.is(error) ? error.errors : [];
  if (first === undefined) {
    const message = "The gateway cannot be reached. Is its address right?";
    return { code: "NETWORK", message, isRetryable: true, fields: {} };
  }
  const extensions = (first.extensions ?? {}) as Extensions;
  const { code = "UNKNOWN", retryable: isRetryable = false, requestId, conflict } = extensions;
  return { code, message: first.message, isRetryable, requestId, conflict, fields: fieldErrors(extensions) };
}

/** The last part of a path such as `input.text` is the form's field. */
function fieldErrors({ validationErrors = [], conflict }: Extensions): Record<string, string> {
  if (conflict?.kind === "DUPLICATE_TEXT") return { text: describeHolder(conflict) };
  return Object.fromEntries(
    validationErrors.map(({ path, message }) => [path.split(".").at(-1) ?? path, sentence(message)]),
  );
}

function describeHolder({ current }: Conflict): string {
  const holder = current?.deleted === true ? "A deleted reason" : "Another reason";
  return `${holder} has this text already.`;
}

/** The gateway's "must …" as a sentence of its own. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
