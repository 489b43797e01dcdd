import type {
  Revised,
  StatusReasonApi,
  StatusReasonList,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";

/** A reason as it is now; null: there is none. */
export interface FollowUpRead extends Revised<StatusReasonRecord | null> {
  /** All reasons of the account, where they were read for it. */
  readonly list?: StatusReasonList;
}

/**
 * Reads that find out what a failed write has done. One that fails yields undefined: the caller must learn of the
 * write's own error.
 */
export interface FollowUpReads {
  byId(accountId: string, id: string): Promise<FollowUpRead | undefined>;
  /** All reasons of the account, deleted ones included. */
  list(accountId: string): Promise<StatusReasonList | undefined>;
}

/** The reads that follow a single write. */
export class SingleReads implements FollowUpReads {
  constructor(
    private readonly api: StatusReasonApi,
    private readonly call: CallContext,
  ) {}

  byId(accountId: string, id: string): Promise<FollowUpRead | undefined> {
    return undefinedOnFailure(this.api.byId(this.call, accountId, id));
  }

  list(accountId: string): Promise<StatusReasonList | undefined> {
    return undefinedOnFailure(this.api.list(this.call, accountId, true));
  }
}

export async function undefinedOnFailure<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch {
    return undefined;
  }
}
