/**
 * A call of the upstream's API.
 *
 * @typedef {{ method: "GET" | "POST", path: string, body?: string }} Call
 */

const windowMs = 24 * 60 * 60 * 1000;

/**
 * @param {string} accountId
 * @param {boolean} [includeDeleted]
 * @returns {Call}
 */
export function listReasons(accountId, includeDeleted = false) {
  const query = includeDeleted ? "&include_deleted=true" : "";
  return { method: "GET", path: `${reasonsPath(accountId)}?v=1.0${query}` };
}

/**
 * @param {string} accountId
 * @param {string} id
 * @returns {Call}
 */
export function getReason(accountId, id) {
  return { method: "GET", path: `${reasonsPath(accountId)}/${id}?v=1.0&include_deleted=true` };
}

/**
 * @param {string} accountId
 * @param {readonly string[]} agentIds
 * @returns {Call}
 */
export function viewAgents(accountId, agentIds) {
  const to = Date.now();
  return {
    method: "POST",
    path: `/manager_workspace/api/account/${accountId}/agent_view?offset=0&limit=${agentIds.length}&sort=agentId:asc`,
    body: JSON.stringify({
      filters: {
        time: { from: to - windowMs, to },
        agentIds,
        effectiveAgentStatus: ["ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "OFFLINE"],
      },
      includeAgentMetadata: false,
      metricsToRetrieveCurrentValue: ["agent_current_status", "agent_current_status_reason"],
      metricsToRetrieveByTime: [],
    }),
  };
}

/** @param {string} accountId */
function reasonsPath(accountId) {
  return `/api/account/${accountId}/configuration/le-agents/status-reasons`;
}
