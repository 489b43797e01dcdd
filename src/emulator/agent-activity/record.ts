import type { StatusChangeWire } from "../../wire/index.js";

import type { EmulatedAgent, ReasonCollection } from "../data/index.js";
import { numeric } from "../http.js";
import { employeeIdOf } from "./search.js";
import type { StatusEvent } from "./search.js";

const statusTypes: Readonly<Record<StatusEvent["kind"], number>> = { change: 1, login: 3, logout: 4 };

/** The codes of statuses. BACK_SOON has none of its own: this API calls it occupied. */
const statusSubTypes: Readonly<Record<string, number>> = {
  OFFLINE: 1,
  ONLINE: 2,
  OCCUPIED: 3,
  BACK_SOON: 3,
  AWAY: 4,
};

/** The code of a status that the contract does not define. */
const unknownSubType = 9;

/** How no reason is sent: the documentation has the first, its examples the second, real traffic the others too. */
const noReasons: readonly Pick<StatusChangeWire, "statusReasonId" | "statusReasonText">[] = [
  { statusReasonId: -1, statusReasonText: null },
  { statusReasonId: 0, statusReasonText: "" },
  { statusReasonId: "", statusReasonText: "" },
  { statusReasonId: null, statusReasonText: null },
];

/** A change as it is sent, in the agent's spelling. */
export function statusChangeWire(event: StatusEvent, reasons: ReasonCollection): StatusChangeWire {
  const { agent, kind, change, sessionId = -1, sequenceNumber, previousAt } = event;
  return {
    agentId: numeric(agent.id),
    employeeId: employeeIdOf(agent),
    agentLoginName: agent.loginName,
    agentUserName: agent.nickname,
    agentGroupId: numeric(agent.group.id),
    time: new Date(change.at).toISOString(),
    sessionId,
    sequenceNumber,
    statusType: statusTypes[kind],
    statusSubType: kind === "change" ? (statusSubTypes[change.status] ?? unknownSubType) : 0,
    ...reasonPart(agent, kind === "change" ? change.reasonId : undefined, reasons),
    prevStatusChangeTime: previousAt === undefined ? null : new Date(previousAt).toISOString(),
  };
}

function reasonPart(
  { id, spelling }: EmulatedAgent,
  reasonId: string | undefined,
  reasons: ReasonCollection,
): Pick<StatusChangeWire, "statusReasonId" | "statusReasonText"> {
  if (reasonId === undefined) return noReasons[Number(id.at(-1)) % noReasons.length] ?? {};
  const { text = "" } = reasons.list(true).find((reason) => reason.id === BigInt(reasonId)) ?? {};
  return { statusReasonId: spelling.numericIds ? numeric(reasonId) : reasonId, statusReasonText: text };
}
