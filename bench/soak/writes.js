import { equal } from "node:assert/strict";

import { readText } from "./reads.js";

/** @import { Client } from "./client.js" */

/** What every reason that comes and goes is called by. */
export const passingText = "Passing";

const update =
  "mutation Update($accountId: ID!, $id: ID!, $text: String!) { updateStatusReason(accountId: $accountId, id: $id, input: { text: $text }) { statusReason { id text } } }";
const create =
  "mutation Create($accountId: ID!, $text: String!) { createStatusReason(accountId: $accountId, input: { text: $text }) { statusReason { id text } } }";
const remove =
  "mutation Delete($accountId: ID!, $id: ID!) { deleteStatusReason(accountId: $accountId, id: $id) { statusReason { text deleted } } }";

/**
 * Gives a reason another text, and reads it back.
 *
 * @param {Client} client
 * @param {string} accountId
 * @param {string} id
 * @param {string} text
 */
export async function rewrite(client, accountId, id, text) {
  const { updateStatusReason } = await client.ask(update, { accountId, id, text });
  equal(updateStatusReason.statusReason.text, text);
  equal(await readText(client, accountId, id), text);
}

/**
 * @param {Client} client
 * @param {string} accountId
 * @param {string} text
 * @returns {Promise<string>} its id
 */
export async function createReason(client, accountId, text) {
  const { createStatusReason } = await client.ask(create, { accountId, text });
  equal(createStatusReason.statusReason.text, text);
  return createStatusReason.statusReason.id;
}

/**
 * Creates a reason, and deletes it again.
 *
 * @param {Client} client
 * @param {string} accountId
 * @param {number} turn
 */
export async function createAndDelete(client, accountId, turn) {
  const text = `${passingText} ${turn}`;
  const id = await createReason(client, accountId, text);
  const { deleteStatusReason } = await client.ask(remove, { accountId, id });
  equal(deleteStatusReason.statusReason.text, text);
  equal(deleteStatusReason.statusReason.deleted, true);
}
