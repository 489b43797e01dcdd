/**
 * The Agent Status Reason API as it is on the wire. Source: the vendor's Agent Status Reason API
 * documentation; where its editions disagree, the comment says so.
 */

/** A 64-bit id: a JSON number on the wire (sister APIs send strings), so it may exceed 2^53. */
export type WireId = number | bigint | string;

/** The most characters that the text of a reason may have. */
export const maxReasonTextLength = 100;

/** One status reason. Attributes this type does not name may be there and are to be kept. */
export interface StatusReasonWire {
  id: WireId;
  /** Unique in the account, {@link maxReasonTextLength} characters at most. */
  text: string;
  /** "Online", "Occupied", "Away"; "Back Soon" has been seen too. */
  state: string;
  enabled: boolean;
  /** Deletion is soft. */
  deleted: boolean;
}

/** What a create sends: the server chooses the id. */
export type NewStatusReasonWire = Pick<StatusReasonWire, "text" | "state" | "enabled">;

/** Carries the revision of the account's whole collection; the older edition says `etag`. */
export const revisionHeaders = ["ac-revision", "etag"] as const;
