import { accountIdOf, accountOf, agentsOf, reasonsOf } from "./accounts.js";

/** @import { Operation } from "./operations.js" */

/**
 * Many look-ups of reasons by different ids, each under an alias.
 *
 * @param {number} count
 * @returns {Operation}
 */
export function aliasedReasons(count) {
  const accountId = accountIdOf({ reasons: count });
  const values = reasonsOf(accountOf(accountId)).map(({ id, text }) => ({ id, value: { text } }));
  return aliased(accountId, "statusReason", "{ text }", values);
}

/**
 * Many look-ups of agents by different ids, each under an alias.
 *
 * @param {number} count
 * @returns {Operation}
 */
export function aliasedAgents(count) {
  const accountId = accountIdOf({ agents: count });
  const values = agentsOf(accountOf(accountId)).map(({ id, reason }) => ({
    id,
    value: { status: { reason: { text: reason.text } } },
  }));
  return aliased(accountId, "agent", "{ status { reason { text } } }", values);
}

/**
 * @param {string} accountId
 * @param {string} field
 * @param {string} selection
 * @param {readonly { id: string, value: object }[]} values what each look-up finds
 * @returns {Operation}
 */
function aliased(accountId, field, selection, values) {
  const fields = values.map(({ id }) => `a${id}: ${field}(accountId: $accountId, id: "${id}") ${selection}`);
  const query = `query Aliases($accountId: ID!) { ${fields.join(" ")} }`;
  return {
    title: `${values.length} aliases of \`${field}\``,
    body: JSON.stringify({ operationName: "Aliases", query, variables: { accountId } }),
    data: Object.fromEntries(values.map(({ id, value }) => [`a${id}`, value])),
    calls: [],
    weight: values.length,
  };
}
