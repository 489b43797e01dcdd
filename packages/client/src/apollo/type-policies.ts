import type { FieldMergeFunction, Reference, StoreObject, TypePolicies } from "@apollo/client";

import { entityKeys } from "../entities.js";

/**
 * Keeps the fields that only `existing` has, as long as both are about the same: each of the fields `identity` that both
 * have is equal. Otherwise those are outdated, and `incoming` replaces them. Operations that select different fields
 * thus add to what the cache has, instead of removing each other's.
 */
function mergeWhileSame(...identity: readonly string[]): FieldMergeFunction<StoreObject, StoreObject> {
  return (existing, incoming, { mergeObjects, readField }) => {
    if (existing === undefined) return incoming;
    const isSame = identity.every((field) => {
      const [before, now] = [existing, incoming].map((object) => valueOf(readField(field, object)));
      return before === undefined || now === undefined || before === now;
    });
    return isSame ? mergeObjects(existing, incoming) : incoming;
  };
}

/** A value that `===` compares: of an entity, its key. */
function valueOf(value: unknown): unknown {
  return (value as Partial<Reference> | null | undefined)?.__ref ?? value;
}

/** The policies of Apollo Client's `InMemoryCache` for the types of the gateway. */
export const typePolicies: TypePolicies = {
  ...Object.fromEntries(
    Object.entries(entityKeys).map(([type, keyFields]) => [type, { keyFields: [...keyFields] }]),
  ),
  // Its id is that of the reason.
  StatusReasonWriteResult: { keyFields: false },
  AgentStatus: { merge: mergeWhileSame("state", "since", "reason") },
  StatusReasonCollection: { merge: mergeWhileSame("revision") },
};
