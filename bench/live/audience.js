/**
 * Who watches.
 *
 * @typedef {object} Audience
 * @property {"subscriptions" | "polling"} kind
 * @property {number} clients
 * @property {number} accounts Each with a token of its own; the clients are spread over them evenly.
 * @property {number} connections
 * @property {number} intervalMs Between two polls, whoever polls.
 */

/** One WebSocket for each subscriber, until there are more of them than this. */
const mostConnections = 1000;

/**
 * @param {number} clients
 * @param {number} accounts
 * @param {number} intervalMs
 * @returns {Audience}
 */
export function subscribers(clients, accounts, intervalMs) {
  const connections = Math.min(clients, mostConnections);
  return { kind: "subscriptions", clients, accounts, connections, intervalMs };
}

/**
 * @param {number} clients
 * @param {number} intervalMs
 * @returns {Audience}
 */
export function pollers(clients, intervalMs) {
  return { kind: "polling", clients, accounts: 1, connections: clients, intervalMs };
}
