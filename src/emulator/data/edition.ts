/** Where the editions of the vendor's documentation disagree, what the emulator does. */
export interface Edition {
  /** What carries the revision: the current header, or the older edition's quoted `ETag`. */
  revisionHeader: "ac-revision" | "etag";
  /** Status of a successful create: 201 (older edition) or 200 (current one). */
  createdStatus: 200 | 201;
  /** Status of a successful delete. */
  deletedStatus: 200 | 204;
  /** Status of a write whose `If-Match` is stale. */
  staleStatus: 409 | 412;
  /** Whether a list that is asked for with the current revision in `If-Match` is a 304, as in sister APIs. */
  conditionalReads: boolean;
  /** The Domain API's status for an account or a service it does not know. */
  unknownServiceStatus: 400 | 401 | 404;
}

/** What the emulator does unless told otherwise. */
export const defaultEdition: Readonly<Edition> = {
  revisionHeader: "ac-revision",
  createdStatus: 201,
  deletedStatus: 200,
  staleStatus: 409,
  conditionalReads: true,
  unknownServiceStatus: 404,
};
