/** The agents of each account. */
export const rosterSize = 100;

/** So many of them change at a time. */
export const agentsPerChange = 2;

const agentFields = "id status { state since activeConversations reason { text } }";

/** What a status board shows: all agents, each with state and reason. */
export const rosterQuery = `query Roster($accountId: ID!) {
  liveAgents(accountId: $accountId, limit: ${rosterSize}) { totalCount nodes { ${agentFields} } }
}`;

/** The same as changes. */
export const rosterSubscription = `subscription Roster($accountId: ID!) {
  agentsChanged(accountId: $accountId) { totalCount leftIds stale changed { ${agentFields} } }
}`;

/**
 * One of the accounts, all of which are alike.
 *
 * @param {number} index
 */
export function accountAt(index) {
  return `account_${index}`;
}

/**
 * The number of the newest change that is seen in agents.
 *
 * @param {readonly { status: { activeConversations: number } }[]} agents
 */
export function newestChange(agents) {
  return agents.reduce((newest, { status }) => Math.max(newest, status.activeConversations), 0);
}
