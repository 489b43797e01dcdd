import type { Fault } from "../../src/emulator/faults/faults.js";
import { pick } from "../../src/lib/random.js";
import type { Random } from "../../src/lib/random.js";
import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorSecondAccountId,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";

/** The callers and their accounts. The last one requests an account that it may not read. */
export const callers = [
  { token: emulatorTokens.admin, accountId: emulatorAccountId, isAllowed: true },
  { token: emulatorTokens.admin, accountId: emulatorEmptyAccountId, isAllowed: true },
  { token: emulatorTokens.otherAccount, accountId: emulatorSecondAccountId, isAllowed: true },
  { token: emulatorTokens.otherAccount, accountId: emulatorAccountId, isAllowed: false },
] as const;

export type Caller = (typeof callers)[number];

const kinds = [
  "list",
  "list",
  "byId",
  "agents",
  "agents",
  "create",
  "create",
  "bulk",
  "update",
  "delete",
] as const;

/** One step. Its text is unique, so that its writes can be identified. */
export interface Step {
  readonly number: number;
  readonly kind: (typeof kinds)[number];
  readonly caller: Caller;
  readonly text: string;
  /** The position, from 0 to 1, of the reason to update or delete among the known reasons. */
  readonly target: number;
  /** A fault to inject at this step. */
  readonly fault: Fault | undefined;
  /** Whether the upstream restarts at this step. */
  readonly restarts: boolean;
}

/** Creates a plan. The same seed yields the same plan. */
export function planSteps(random: Random, count: number): Step[] {
  return Array.from({ length: count }, (_, number) => ({
    number,
    kind: pick(random, kinds),
    caller: pick(random, callers),
    text: `Reason ${number}`,
    target: random(),
    fault: random() < 0.25 ? planFault(random) : undefined,
    restarts: random() < 0.002,
  }));
}

function planFault(random: Random): Fault {
  const html = { body: "<html>Bad gateway</html>", headers: { "content-type": "text/html" } };
  const faults: readonly Fault[] = [
    { latencyMs: Math.ceil(random() * 30) },
    { status: 500, body: '{"message":"internal"}' },
    { status: 502, ...html },
    { status: 503 },
    { status: 429, headers: { "retry-after": "1" } },
    { status: 200, ...html },
    { reset: "before" },
    { reset: "after" },
    { truncate: true },
    // Rare: each takes a request its whole deadline.
    ...(random() < 0.1 ? [{ hang: true }] : []),
  ];
  const match = pick(random, [
    {},
    { method: "GET" },
    { method: "POST" },
    { method: "PUT" },
    { method: "DELETE" },
  ]);
  return { ...pick(random, faults), match, times: 1 };
}
