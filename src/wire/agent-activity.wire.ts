import type { WireId } from "./status-reason.wire.js";

/** The most changes that one response has: a greater `limit` is refused. */
export const statusChangesCap = 5000;

/** `GET /api/v2/account/{accountId}/status-changes?v=2&source=…` on `agentActivityDomain`: the response. */
export interface StatusChangesWire {
  stateChanges: StatusChangeWire[];
}

/** One change of an agent's status. Source: the vendor's Agent Activity API. */
export interface StatusChangeWire {
  agentId: WireId;
  employeeId?: string | null;
  agentLoginName?: string;
  agentUserName?: string;
  agentGroupId?: WireId;
  /** RFC 3339. */
  time: string;
  sessionId?: WireId;
  sequenceNumber?: number;
  /** 1 change, 3 login, 4 logout. */
  statusType: number;
  /** 1 offline, 2 online, 3 occupied (elsewhere: back soon), 4 away. */
  statusSubType?: number;
  /** -1, 0, "", null or nothing: no reason. */
  statusReasonId?: WireId | null;
  statusReasonText?: string | null;
  /** RFC 3339: when the agent's change before this one was. */
  prevStatusChangeTime?: string | null;
}
