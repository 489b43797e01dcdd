import { createHash } from "node:crypto";

/** The extensions of a request for an automatically persisted query. */
export function persisted(query: string): object {
  return { persistedQuery: { version: 1, sha256Hash: createHash("sha256").update(query).digest("hex") } };
}
