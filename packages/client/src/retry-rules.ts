import { Kind, OperationTypeNode } from "graphql";
import type { DocumentNode, OperationDefinitionNode } from "graphql";

import type { GatewayFailure } from "./failures.js";

/** Attempts per operation, the first one included. */
export const maxAttempts = 3;

/** In seconds. Instead of a longer wait, the page shows the error. */
const maxWaitSeconds = 10;

/**
 * Whether the client may send an operation again.
 *
 * @param failures its errors; empty if there was no response
 */
export function mayRetry(document: DocumentNode, failures: readonly GatewayFailure[]): boolean {
  // Without a response, a write may have happened.
  if (failures.length === 0) return isRead(document);
  return (
    (isRead(document) || isOneField(document)) &&
    failures.every(({ retryable }) => retryable) &&
    secondsAsked(failures) <= maxWaitSeconds
  );
}

/** The longest `retryAfter`, in seconds; 0 if there is none. */
export function secondsAsked(failures: readonly GatewayFailure[]): number {
  return Math.max(0, ...failures.map(({ retryAfter = 0 }) => retryAfter));
}

function isRead(document: DocumentNode): boolean {
  return operationOf(document)?.operation !== OperationTypeNode.MUTATION;
}

/** `retryable` applies to the field at `path`: another write of the same operation may have happened. */
function isOneField(document: DocumentNode): boolean {
  const [selection, ...others] = operationOf(document)?.selectionSet.selections ?? [];
  return selection?.kind === Kind.FIELD && others.length === 0;
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode | undefined {
  return definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
}
