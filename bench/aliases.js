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
  return aliased(accountId, "statusReason", "fragment f on StatusReason { text }", values);
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
  return aliased(accountId, "agent", "fragment f on Agent { status { reason { text } } }", values);
}

/**
 * @param {string} accountId
 * @param {string} field
 * @param {string} fragment `f`, what is selected of each
 * @param {readonly { id: string, value: object }[]} values what each look-up finds
 * @returns {Operation}
 */
function aliased(accountId, field, fragment, values) {
  // Written tightly: a document may have 65,536 characters.
  const fields = values.map(({ id }) => `a${id}:${field}(accountId:$a,id:"${id}"){...f}`);
  const query = `query Aliases($a: ID!) { ${fields.join(" ")} } ${fragment}`;
  return {
    title: `${values.length} aliases of \`${field}\``,
    body: JSON.stringify({ operationName: "Aliases", query, variables: { a: accountId } }),
    data: Object.fromEntries(values.map(({ id, value }) => [`a${id}`, value])),
    calls: [],
    weight: values.length,
  };
}
