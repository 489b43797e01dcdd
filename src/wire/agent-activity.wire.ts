import type { WireId } from "./status-reason.wire.js";

/** The most changes that one response has: a greater `limit` is refused. */
export const statusChangesCap = 5000;

/**
 * `GET /api/v2/account/{accountId}/status-changes?v=2&source=…` on `agentActivityDomain`: the response. Source: the
 * vendor's Agent Activity API.
 */
export interface StatusChangesWire {
  stateChanges: StatusChangeWire[];
  timeframe?: {
    /** RFC 3339, as are all times of this API. */
    startTime: string;
    endTime: string;
  };
  /** Links to this page (`self`), to the `first` and `last` ones, and to the ones beside it (`next`, `previous`). */
  _metadata?: { references: { rel: string; href: string }[] };
}

/**
 * One change of an agent's status. A login is followed by a change, at the same time, to the status that the agent
 * begins with; a logout comes after a change, at the same time, to offline.
 */
export interface StatusChangeWire {
  agentId: WireId;
  /** "" or null: none. */
  employeeId?: string | null;
  agentLoginName?: string;
  agentUserName?: string;
  agentGroupId?: WireId;
  time: string;
  /** -1: not known, which is said of a login and of the change that follows it. */
  sessionId?: WireId;
  /** -1 for the login, 1 for the change that follows it, and so on within the session. */
  sequenceNumber?: number;
  /** 1 change, 3 login, 4 logout. */
  statusType: number;
  /** Of a change: 1 offline, 2 online, 3 occupied (elsewhere: back soon), 4 away. 0 for a login and a logout. */
  statusSubType?: number;
  /** -1, 0, "", null or nothing: no reason. */
  statusReasonId?: WireId | null;
  /** "" or null: no reason. */
  statusReasonText?: string | null;
  /** When the change before this one was; null or missing for a login, the change that follows it, and a logout. */
  prevStatusChangeTime?: string | null;
}
