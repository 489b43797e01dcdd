import { Kind, OperationTypeNode } from "graphql";
import type { DocumentNode } from "graphql";

/** The gateway's `extensions` of an error, as far as a client acts on them. */
export interface GatewayExtensions {
  readonly code?: string;
  readonly retryable?: boolean;
  /** In seconds. */
  readonly retryAfter?: number;
  readonly conflict?: Conflict;
}

/** What others did to a reason that was about to be written. */
export interface Conflict {
  readonly kind: "STALE_REVISION" | "DUPLICATE_TEXT" | "UNKNOWN";
  readonly currentRevision: string | null;
  readonly current: { readonly id: string; readonly text: string; readonly deleted: boolean } | null;
}

/** How often an operation is sent at most, the first time included. */
export const maxAttempts = 3;

/** A person waits no longer than this, in seconds: tell them instead. */
const maxWaitSeconds = 10;

/**
 * Whether an operation may be sent again.
 *
 * @param failures the `extensions` of its errors; none where no answer came at all
 */
export function mayRetry(document: DocumentNode, failures: readonly GatewayExtensions[]): boolean {
  // A write that nobody answered may have happened.
  if (failures.length === 0) return isQuery(document);
  return (
    (isQuery(document) || isOneField(document)) &&
    failures.every(({ retryable }) => retryable === true) &&
    secondsAsked(failures) <= maxWaitSeconds
  );
}

/** How long the gateway asks to wait, in seconds; 0 where it leaves that to the client. */
export function secondsAsked(failures: readonly GatewayExtensions[]): number {
  return Math.max(0, ...failures.map(({ retryAfter = 0 }) => retryAfter));
}

function isQuery(document: DocumentNode): boolean {
  return operationOf(document)?.operation === OperationTypeNode.QUERY;
}

/** `retryable` is said of the field at `path`: another write of the same operation may have happened. */
function isOneField(document: DocumentNode): boolean {
  const [selection, ...others] = operationOf(document)?.selectionSet.selections ?? [];
  return selection?.kind === Kind.FIELD && others.length === 0;
}

function operationOf({ definitions }: DocumentNode) {
  return definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
