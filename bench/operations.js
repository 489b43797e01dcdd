import { accountIdOf, accountOf, agentsOf, reasonsOf } from "./accounts.js";
import { getReason, listReasons, viewAgents } from "./upstream/calls.js";

/** @import { Account } from "./accounts.js" */
/** @import { Call } from "./upstream/calls.js" */

/**
 * One of the operations that are measured.
 *
 * @typedef {object} Operation
 * @property {string} title
 * @property {string} body The GraphQL request, as JSON.
 * @property {unknown} data The `data` of the right answer.
 * @property {readonly Call[]} calls The fewest upstream calls that serve it.
 * @property {number} weight About how many times the work of one reason's look-up it is.
 */

const reasonFields = "id text state enabled deleted";

/**
 * An account's reasons, with five fields.
 *
 * @param {Partial<Account>} [account]
 * @returns {Operation}
 */
export function readReasons(account = {}) {
  const accountId = accountIdOf(account);
  const nodes = reasonsOf(accountOf(accountId)).map((reason) => ({ ...reason, state: "AWAY" }));
  return {
    title: `${nodes.length} reasons`,
    body: requestBody(
      `query Reasons($accountId: ID!) { statusReasons(accountId: $accountId) { nodes { ${reasonFields} } } }`,
      { accountId },
    ),
    data: { statusReasons: { nodes } },
    calls: [listReasons(accountId)],
    weight: 1 + nodes.length / 50,
  };
}

/**
 * Agents by their ids, with their states and the texts of their reasons.
 *
 * @param {number} [agents] how many
 * @returns {Operation}
 */
export function readAgents(agents = 100) {
  const accountId = accountIdOf({ agents });
  const expected = agentsOf(accountOf(accountId));
  const ids = expected.map(({ id }) => id);
  return {
    title: `${agents} agents`,
    body: requestBody(
      "query Agents($accountId: ID!, $ids: [ID!]!) { agents(accountId: $accountId, ids: $ids) { id status { state reason { text } } } }",
      { accountId, ids },
    ),
    data: {
      agents: expected.map(({ id, state, reason }) => ({
        id,
        status: { state, reason: { text: reason.text } },
      })),
    },
    calls: [viewAgents(accountId, ids), listReasons(accountId, true)],
    weight: 2 + agents / 20,
  };
}

/**
 * One reason by its id.
 *
 * @returns {Operation}
 */
export function readReason() {
  const accountId = accountIdOf({});
  const reason = reasonsOf(accountOf(accountId))[25];
  return {
    title: "one reason",
    body: requestBody(
      `query Reason($accountId: ID!, $id: ID!) { statusReason(accountId: $accountId, id: $id) { ${reasonFields} } }`,
      { accountId, id: reason.id },
    ),
    data: { statusReason: { ...reason, state: "AWAY" } },
    calls: [getReason(accountId, reason.id)],
    weight: 1,
  };
}

/**
 * The account that an operation is about.
 *
 * @param {Operation} operation
 * @returns {string}
 */
export function accountOfBody({ body }) {
  return JSON.parse(body).variables.accountId;
}

/**
 * @param {string} query
 * @param {Record<string, unknown>} variables
 */
function requestBody(query, variables) {
  const operationName = /^query (\w+)/.exec(query)?.[1];
  return JSON.stringify({ operationName, query, variables });
}
