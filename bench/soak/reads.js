/** @import { Client } from "./client.js" */

/** So many documents differ from each other, as those of many front ends do. */
const documents = 500;

/**
 * @param {Client} client
 * @param {string} accountId
 * @param {number} limit
 * @returns {Promise<string[]>}
 */
export async function readLiveAgentIds(client, accountId, limit) {
  const query =
    "query Live($accountId: ID!, $limit: Int!) { liveAgents(accountId: $accountId, limit: $limit) { nodes { id } } }";
  const { liveAgents } = await client.ask(query, { accountId, limit });
  return liveAgents.nodes.map((/** @type {{ id: string }} */ { id }) => id);
}

/**
 * @param {Client} client
 * @param {string} accountId
 * @returns {Promise<{ id: string, text: string }[]>}
 */
export async function readReasons(client, accountId) {
  const query =
    "query List($accountId: ID!) { statusReasons(accountId: $accountId) { nodes { id text state enabled deleted } } }";
  return (await client.ask(query, { accountId })).statusReasons.nodes;
}

/**
 * @param {Client} client
 * @param {string} accountId
 * @param {readonly string[]} ids
 * @returns {Promise<object[]>}
 */
export async function readAgents(client, accountId, ids) {
  const query =
    "query Agents($accountId: ID!, $ids: [ID!]!) { agents(accountId: $accountId, ids: $ids) { id status { state reason { text } } } }";
  return (await client.ask(query, { accountId, ids })).agents;
}

/**
 * @param {Client} client
 * @param {string} accountId
 * @param {string} id
 * @param {number} [turn] makes the document another one
 * @returns {Promise<string>} the reason's text
 */
export async function readText(client, accountId, id, turn = 0) {
  const name = `Reason${turn % documents}`;
  const query = `query ${name}($accountId: ID!) { statusReason(accountId: $accountId, id: "${id}") { text } }`;
  return (await client.ask(query, { accountId })).statusReason.text;
}
