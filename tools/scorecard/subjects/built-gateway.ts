import assert from "node:assert/strict";
import { spawn } from "node:child_process";

import { emulatorAccountId, emulatorReasonIds } from "../../../src/emulator/seed/seed.js";
import { post } from "../../../test/support/gateway.js";
import { killProcesses, watchProcess } from "../../../test/support/process.js";

const accountId = emulatorAccountId;
const lookUp = "query ($a: ID!, $id: ID!) { statusReason(accountId: $a, id: $id) { id text } }";
const create = `mutation ($a: ID!, $text: String!) {
  createStatusReason(accountId: $a, input: { text: $text }) { statusReason { id text } }
}`;

interface Reason {
  readonly id: string;
  readonly text: string;
}

/**
 * Starts the built gateway on its emulator, reads, writes, and stops it.
 *
 * @param node the Node it runs on
 * @returns what went wrong, if anything did
 */
export async function exerciseBuiltGateway(node: string): Promise<string | undefined> {
  try {
    const gateway = watchProcess(spawn(node, ["bundle/main.js"], { env: { PORT: "0" } }));
    const [, url = ""] = await gateway.printed(/"url":"([^"]+)"/);
    await checkExactIds(url);
    gateway.signal("SIGTERM");
    assert.equal(await gateway.exited, 0);
    assert.equal(gateway.output.stderr, "");
    return undefined;
  } catch (error) {
    return `fails: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    killProcesses();
  }
}

/** Ids past 2^53, of a reason that is there and of one that is made. */
async function checkExactIds(url: string): Promise<void> {
  const { largest } = emulatorReasonIds;
  assert.equal((await find(url, largest))?.id, largest);
  const variables = { a: accountId, text: "Stocktaking" };
  const answer = await post<{ createStatusReason: { statusReason: Reason } }>(
    url,
    JSON.stringify({ query: create, variables }),
  );
  const created = answer.data?.createStatusReason.statusReason;
  assert.ok(created !== undefined && BigInt(created.id) > Number.MAX_SAFE_INTEGER);
  assert.deepEqual(await find(url, created.id), created);
}

async function find(url: string, id: string): Promise<Reason | null | undefined> {
  const body = JSON.stringify({ query: lookUp, variables: { a: accountId, id } });
  return (await post<{ statusReason: Reason | null }>(url, body)).data?.statusReason;
}
