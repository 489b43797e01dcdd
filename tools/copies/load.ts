import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { isDone, send } from "./copy-process.js";
import type { OperationResult } from "./copy-process.js";
import type { Fleet } from "./fleet.js";

/** Resolves once so many more operations have ended. */
export type AfterMore = (count: number) => Promise<void>;

export interface LoadReport {
  readonly operations: number;
  /** The results that are no success, by status and code. */
  readonly failures: Readonly<Record<string, number>>;
  /** What of the creates' results does not agree with the upstream; empty if all does. */
  readonly violations: readonly string[];
}

/** How many of a client's operations are creates: one in so many. */
const createEvery = 4;

const read = `{ statusReasons(accountId: "${accountId}") { totalCount } }`;

/**
 * Reads and creates through the balancer for as long as `work` takes.
 *
 * @param clients how many send at the same time, each one operation after the other
 */
export async function underLoad(
  fleet: Fleet,
  clients: number,
  work: (afterMore: AfterMore) => Promise<void>,
): Promise<LoadReport> {
  const creates = new Map<string, OperationResult>();
  const failures: Record<string, number> = {};
  const waiting = new Set<() => void>();
  let [operations, isOver] = [0, false];
  const afterMore = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const end = operations + count;
      const check = (): void => {
        if (operations < end) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
    });
  const use = async (client: number): Promise<void> => {
    for (let number = 0; !isOver; number += 1) {
      const text = `Client ${client} number ${number}`;
      const isCreate = number % createEvery === 0;
      const result = await send(fleet.balancer.url, isCreate ? createOf(text) : read);
      operations += 1;
      for (const check of waiting) check();
      if (isCreate) creates.set(text, result);
      if (isDone(result)) continue;
      const name = `${result.status} ${result.code ?? "without a GraphQL error"}`;
      failures[name] = (failures[name] ?? 0) + 1;
    }
  };
  const using = Promise.all(Array.from({ length: clients }, (_, client) => use(client)));
  await work(afterMore).finally(() => (isOver = true));
  await using;
  return { operations, failures, violations: violationsOf(creates, fleet) };
}

/** No create was done twice, and each that was reported as done was done. */
function violationsOf(creates: ReadonlyMap<string, OperationResult>, { emulator }: Fleet): string[] {
  const { reasons } = emulator.state.account(accountId);
  const counts = new Map<string, number>();
  for (const { text } of reasons.list(true)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...creates].flatMap(([text, result]) => {
    const count = counts.get(text) ?? 0;
    if (count > 1) return [`${text} was created ${count} times`];
    return isDone(result) && count === 0 ? [`${text} was reported as created, and was not`] : [];
  });
}

function createOf(text: string): string {
  return `mutation { createStatusReason(accountId: "${accountId}", input: { text: "${text}" }) { revision } }`;
}
