/**
 * The API's spellings as the schema has them, for the peers.
 *
 * @typedef {{ id: number, text: string, state: string, deleted: boolean, enabled: boolean }} ReasonWire
 * @typedef {{ agentId: string, agentCurrentStatus: string, agentCurrentStatusReasonId: string }} AgentWire
 * @typedef {{ agentViewRecords: AgentWire[] }} AgentViewWire
 * @typedef {{ id: string, text: string, state: string, enabled: boolean, deleted: boolean }} Reason
 * @typedef {{ accountId: string, state: string, reasonId: string }} AgentStatus
 */

/** @type {Readonly<Record<string, string>>} */
const states = { Online: "ONLINE", Occupied: "OCCUPIED", Away: "AWAY", "Back Soon": "BACK_SOON" };

/**
 * @param {ReasonWire} wire
 * @returns {Reason}
 */
export function reasonFrom({ id, text, state, enabled, deleted }) {
  return { id: String(id), text, state: states[state] ?? "UNKNOWN", enabled, deleted };
}

/**
 * The agents in the order asked.
 *
 * @param {string} accountId
 * @param {readonly string[]} ids
 * @param {AgentViewWire} view
 * @returns {{ id: string, status: AgentStatus | null }[]}
 */
export function agentsFrom(accountId, ids, { agentViewRecords }) {
  const statuses = new Map(
    agentViewRecords.map(({ agentId, agentCurrentStatus, agentCurrentStatusReasonId }) => [
      agentId,
      { accountId, state: agentCurrentStatus, reasonId: agentCurrentStatusReasonId },
    ]),
  );
  return ids.map((id) => ({ id, status: statuses.get(id) ?? null }));
}
