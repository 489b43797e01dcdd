import type {
  Revised,
  StatusReasonApi,
  StatusReasonList,
  StatusReasonRecord,
} from "../upstream/api/index.js";
import type { CallContext } from "../upstream/http/index.js";

/**
 * Reads that find out what a failed write has done. One that fails yields undefined: the caller must learn of the
 * write's own error.
 */
export interface FollowUpReads {
  byId(accountId: string, id: string): Promise<Revised<StatusReasonRecord | null> | undefined>;
  /** All reasons of the account, deleted ones included. */
  list(accountId: string): Promise<StatusReasonList | undefined>;
}

/** The reads that follow a single write. */
export class SingleReads implements FollowUpReads {
  constructor(
    private readonly api: StatusReasonApi,
    private readonly call: CallContext,
  ) {}

  byId(accountId: string, id: string): Promise<Revised<StatusReasonRecord | null> | undefined> {
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
