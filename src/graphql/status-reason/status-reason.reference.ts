import type { ReferenceResolver } from "../context.js";
import { selectedFields } from "../selected-fields.js";

/** The fields that need no look-up of the reason itself. */
const lookupFree = new Set(["accountId", "id", "agents", "__typename"]);

/** A reason that another subgraph refers to, deleted or not; null where there is none. */
export const resolveStatusReasonReference: ReferenceResolver = (key, { loaders }, info) => {
  const fields = selectedFields(info).get("StatusReason") ?? new Set();
  const needsLookup = [...fields].some((field) => !lookupFree.has(field));
  return needsLookup ? loaders.statusReasons.load(key.accountId, key.id) : key;
};
