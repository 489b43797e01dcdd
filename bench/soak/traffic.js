import { equal } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

import { readAgents, readLiveAgentIds, readReasons, readText } from "./reads.js";
import { createAndDelete, createReason, passingText, rewrite } from "./writes.js";

/** @import { Client } from "./client.js" */

const readers = 7;
const agentCount = 100;

/** Deleted reasons stay in the emulator's lists: more often, and the answers would grow through the run. */
const turnsPerCreation = 200;

/**
 * Reads and writes on one account until it is over, each answer compared with the right one: what nobody writes
 * stays as it was at the start. There is one writer, so that no write is a conflict.
 *
 * @param {Client} client
 * @param {string} accountId
 * @param {() => boolean} isOver
 */
export async function makeTraffic(client, accountId, isOver) {
  const agentIds = await readLiveAgentIds(client, accountId, agentCount);
  const agents = await readAgents(client, accountId, agentIds);
  const untouched = await readReasons(client, accountId);
  const written = await createReason(client, accountId, "Written");

  const read = async () => {
    for (let turn = 0; !isOver(); turn += 1) {
      const { id, text } = untouched[turn % untouched.length];
      equal(await readText(client, accountId, id, turn), text);
      same(await readAgents(client, accountId, agentIds), agents);
      const reasons = await readReasons(client, accountId);
      same(
        reasons.filter((reason) => reason.id !== written && !reason.text.startsWith(passingText)),
        untouched,
      );
    }
  };
  const write = async () => {
    for (let turn = 0; !isOver(); turn += 1) {
      await rewrite(client, accountId, written, `Written ${turn}`);
      if (turn % turnsPerCreation === 0) await createAndDelete(client, accountId, turn);
    }
  };
  await Promise.all([write(), ...Array.from({ length: readers }, read)]);
}

/**
 * With a message of one line: assert's own would show both lists whole.
 *
 * @param {object[]} actual
 * @param {object[]} expected
 */
function same(actual, expected) {
  const wrong = expected.findIndex((item, index) => !isDeepStrictEqual(actual[index], item));
  if (wrong >= 0 || actual.length !== expected.length) {
    throw new Error(
      `${actual.length} items instead of ${expected.length}; at ${wrong} ${JSON.stringify(actual[wrong])}`,
    );
  }
}
