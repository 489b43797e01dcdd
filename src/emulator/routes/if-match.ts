import type { Edition } from "../data/index.js";
import { parseLong } from "../json.js";
import { Problem } from "../problem.js";

/**
 * Holds a write's `If-Match` against the collection's revision. The header takes the number, quoted as an
 * ETag or not; -1 stands for any revision.
 *
 * @throws Problem 400 when the header is missing or malformed, 409 (or 412, by edition) when it is stale.
 */
export function requireRevision(header: string | undefined, revision: bigint, edition: Edition): void {
  const text = unquoted(header);
  if (text === "-1") return;
  const expected = parseLong(text);
  if (expected === undefined) throw new Problem(400, "The header If-Match must carry a revision.");
  if (expected !== revision) throw new Problem(edition.staleStatus, "The revision is not the current one.");
}

/** Whether a read's `If-Match` names the collection's revision: a sister API responds 304 then. */
export function isCurrentRevision(header: string | undefined, revision: bigint): boolean {
  return parseLong(unquoted(header)) === revision;
}

function unquoted(header: string | undefined): string | undefined {
  return /^(?:W\/)?"(.*)"$/.exec(header ?? "")?.[1] ?? header;
}
