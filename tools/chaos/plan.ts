import type { Fault } from "../../src/emulator/faults/faults.js";
import { pick } from "../../src/lib/random.js";
import type { Random } from "../../src/lib/random.js";
import {
  emulatorAccountId,
  emulatorEmptyAccountId,
  emulatorSecondAccountId,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";

/** Who calls, and for which account: the last one asks for what is not theirs. */
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

/** One thing to do. Its text is its own: whatever it writes can be told from all else. */
export interface Step {
  readonly number: number;
  readonly kind: (typeof kinds)[number];
  readonly caller: Caller;
  readonly text: string;
  /** Which of the reasons that are known by then an update or delete is for, as a share of them. */
  readonly target: number;
  /** What goes wrong with a call about then. */
  readonly fault: Fault | undefined;
  /** Whether the upstream restarts about then. */
  readonly restarts: boolean;
}

/** The same plan for the same seed. */
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
    // Rare: each costs somebody the whole deadline.
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
