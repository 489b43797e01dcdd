import { Pool } from "undici";

import { startEmulator } from "../../src/emulator/emulator.js";
import { emulatorEmptyAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { documentFamilies } from "./documents.js";
import type { DocumentFamily } from "./documents.js";
import { startSmallGateway } from "./small-gateway.js";
import type { SmallGateway } from "./small-gateway.js";

export interface MemoryOptions {
  /** The number of rounds. Each sends new documents of every family. */
  readonly rounds: number;
  /** The maximum size of the gateway's heap. */
  readonly heapMiB: number;
}

export interface MemoryReport {
  /** Why the gateway exited; undefined if it is running. */
  readonly deadAfter: string | undefined;
  readonly documents: number;
  /** Memory in use after a garbage collection, before and after all requests. */
  readonly usedMiB: readonly [before: number, after: number];
  /** The response to a usual query at the end. */
  readonly lastAnswer: string;
}

/** The rows of the account with many reasons. */
const manyRows = 3_000;

/** After so many requests, a document is in every cache. */
const repeats = 3;

const concurrency = 4;

const usual = `{ statusReasons(accountId: "${emulatorEmptyAccountId}") { revision } }`;

/** Sends many different documents, each several times, to a gateway with a small heap. */
export async function runMemory({ rounds, heapMiB }: MemoryOptions): Promise<MemoryReport> {
  const emulator = await startEmulator();
  emulator.state.account(emulatorEmptyAccountId).reasons.create(
    Array.from({ length: manyRows }, (_, index) => ({
      text: `reason ${index} ${"of many ".repeat(8)}`,
      state: "Away",
      enabled: index > 0,
    })),
  );
  const gateway = await startSmallGateway(heapMiB, { UPSTREAM: emulator.origin });
  const pool = new Pool(gateway.origin, { connections: concurrency });
  try {
    await ask(pool, usual, true);
    const before = await gateway.used();
    const { documents, deadAfter } = await sendAll(gateway, pool, rounds, () => {
      emulator.journal.clear();
    });
    const isDead = deadAfter !== undefined;
    const after = isDead ? NaN : await gateway.used();
    const usedMiB = [before / 2 ** 20, after / 2 ** 20] as const;
    return { deadAfter, documents, usedMiB, lastAnswer: isDead ? "" : await ask(pool, usual, true) };
  } finally {
    await pool.destroy();
    await gateway.stop();
    await emulator.stop();
  }
}

async function sendAll(
  gateway: SmallGateway,
  pool: Pool,
  rounds: number,
  forget: () => void,
): Promise<Pick<MemoryReport, "documents" | "deadAfter">> {
  let documents = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const family of documentFamilies) {
      try {
        await sendFamily(pool, family, round);
      } catch (error) {
        if (await isServing(gateway)) throw error;
        return { documents, deadAfter: `${family.name}, round ${round}` };
      }
      documents += family.count;
      forget();
    }
  }
  return { documents, deadAfter: undefined };
}

async function sendFamily(
  pool: Pool,
  { document, count, hasToken }: DocumentFamily,
  round: number,
): Promise<void> {
  const indices = Array.from({ length: count }, (_, index) => round * count + index).values();
  const caller = async (): Promise<void> => {
    for (const index of indices) {
      const text = document(index);
      for (let sent = 0; sent < repeats; sent += 1) await ask(pool, text, hasToken);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
}

async function ask(pool: Pool, query: string, hasToken: boolean): Promise<string> {
  const operationName = /^query (\w+) .*query /.exec(query)?.[1];
  const { body } = await pool.request({
    method: "POST",
    path: "/graphql",
    headers: {
      "content-type": "application/json",
      ...(hasToken && { authorization: `Bearer ${emulatorTokens.admin}` }),
    },
    body: JSON.stringify({ query, operationName }),
  });
  return body.text();
}

/** Whether a gateway that closed a connection is still running. */
function isServing({ origin, ended }: SmallGateway): Promise<boolean> {
  return new Promise((resolve) => {
    void ended.then(() => {
      resolve(false);
    });
    fetch(`${origin}/livez`).then(
      () => {
        resolve(true);
      },
      () => undefined,
    );
  });
}
