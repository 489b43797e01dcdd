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

/** The state that a write conflicted with. */
export interface Conflict {
  readonly kind: "STALE_REVISION" | "DUPLICATE_TEXT" | "UNKNOWN";
  readonly currentRevision: string | null;
  readonly current: { readonly id: string; readonly text: string; readonly deleted: boolean } | null;
}

/** Attempts per operation, the first one included. */
export const maxAttempts = 3;

/** In seconds. Instead of a longer wait, the page shows the error. */
const maxWaitSeconds = 10;

/**
 * Whether the client may send an operation again.
 *
 * @param failures the `extensions` of its errors; empty if there was no response
 */
export function mayRetry(document: DocumentNode, failures: readonly GatewayExtensions[]): boolean {
  // Without a response, a write may have happened.
  if (failures.length === 0) return isQuery(document);
  return (
    (isQuery(document) || isOneField(document)) &&
    failures.every(({ retryable }) => retryable === true) &&
    secondsAsked(failures) <= maxWaitSeconds
  );
}

/** The longest `retryAfter`, in seconds; 0 if there is none. */
export function secondsAsked(failures: readonly GatewayExtensions[]): number {
  return Math.max(0, ...failures.map(({ retryAfter = 0 }) => retryAfter));
}

function isQuery(document: DocumentNode): boolean {
  return operationOf(document)?.operation === OperationTypeNode.QUERY;
}

/** `retryable` applies to the field at `path`: another write of the same operation may have happened. */
function isOneField(document: DocumentNode): boolean {
  const [selection, ...others] = operationOf(document)?.selectionSet.selections ?? [];
  return selection?.kind === Kind.FIELD && others.length === 0;
}

function operationOf({ definitions }: DocumentNode) {
  return definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
