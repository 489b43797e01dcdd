import { Live } from "../../src/live/index.js";
import type { AgentsSelection, LiveLimits, StatusReasonsSelection } from "../../src/live/index.js";
import type { AgentsQuestion } from "../../src/live/agents.js";
import { StateBudget } from "../../src/live/state-budget.js";
import type { LiveMetrics, PollOutcome } from "../../src/observability/index.js";
import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { emulatorAccountId as accountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { fixedOrigin } from "../../src/upstream/http/service-directory.js";
import { createUpstream } from "../../src/upstream/upstream.js";
import type { Upstream } from "../../src/upstream/upstream.js";
import { createCaller } from "./upstream-caller.js";

/** Counts what the pollers do, and lets a test wait for a poll. */
export class LiveLog implements LiveMetrics {
  readonly polls: PollOutcome[] = [];
  pollers = 0;
  stale = 0;
  subscriptions = 0;
  #waiting: (() => void)[] = [];

  pollEnded(outcome: PollOutcome): void {
    this.polls.push(outcome);
    for (const wake of this.#waiting.splice(0)) wake();
  }
  pollersChanged(by: number): void {
    this.pollers += by;
  }
  staleChanged(by: number): void {
    this.stale += by;
  }
  subscriptionsChanged(by: number): void {
    this.subscriptions += by;
  }

  /** Resolves after `count` more polls. */
  async morePolls(count: number): Promise<void> {
    const end = this.polls.length + count;
    while (this.polls.length < end) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

export const everyReasonField: StatusReasonsSelection = {
  change: new Set(["changed", "revision"]),
  reason: new Set(["id", "text", "state", "enabled", "deleted"]),
};

export const statesOnly: AgentsSelection = {
  demand: { metrics: new Set(["state"]), metadata: false },
  change: new Set(["changed", "leftIds", "totalCount"]),
  agent: new Set(["id", "status"]),
  status: new Set(["state"]),
  group: new Set(),
  skill: new Set(),
  reason: new Set(),
};

/** So long an interval that a test can count the polls. */
export const oneHourMs = 3_600_000;

export const reasonList = { method: "GET", path: "/status-reasons" };
export const agentView = { method: "POST", path: "/agent_view" };

interface LiveTestOptions extends Partial<LiveLimits> {
  readonly intervalMs?: number;
  readonly maxRecords?: number;
}

/** Live watches before an emulator on a port. */
export class LiveFixture {
  readonly log = new LiveLog();
  live: Live;
  /** How much the clock of the gateway and the emulator is ahead of the real one. */
  aheadMs = 0;

  constructor(
    readonly emulator: Emulator,
    readonly upstream: Upstream,
  ) {
    this.live = this.createLive();
  }

  get agents() {
    return this.emulator.state.account(accountId).agents;
  }

  get reasons() {
    return this.emulator.state.account(accountId).reasons;
  }

  createLive({ intervalMs = 10, maxRecords, ...limits }: LiveTestOptions = {}): Live {
    return new Live(this.upstream, {
      times: { intervalMs, wakeGapMs: 1, timeoutMs: 10_000 },
      limits: { maxSubscriptions: 1000, maxPerToken: 100, ...limits },
      observer: this.log,
      ...(maxRecords !== undefined && { budget: new StateBudget(maxRecords) }),
    });
  }

  followReasons(token: string = emulatorTokens.admin, selection = everyReasonField) {
    return this.live.watchStatusReasons(createCaller(token).call, accountId, selection);
  }

  followAgents(question: Partial<AgentsQuestion> = {}, selection = statesOnly) {
    const { call } = createCaller(emulatorTokens.admin);
    return this.live.watchAgents(call, { accountId, ids: null, filter: {}, ...question }, selection);
  }
}

/** A new fixture for each test of the file; each has to leave nothing open. */
export function useLive(): LiveFixture {
  let current: LiveFixture | undefined;
  beforeEach(async () => {
    const now = () => Date.now() + (current?.aheadMs ?? 0);
    const emulator = await startEmulator({ now });
    const upstream = createUpstream({
      now,
      directory: fixedOrigin(emulator.origin),
      apiVersion: "1.0",
      resilience: { backoffBaseMs: 1, maxAttempts: 1 },
    });
    current = new LiveFixture(emulator, upstream);
  });
  afterEach(async () => {
    await current?.emulator.stop();
    await current?.upstream.close();
    expect(current?.log).toMatchObject({ pollers: 0, subscriptions: 0, stale: 0 });
  });
  // Stands for the fixture that is not there yet while tests are only being declared.
  return new Proxy(Object.create(null) as LiveFixture, {
    get: (_target, name) => Reflect.get(current ?? {}, name) as unknown,
    set: (_target, name, value) => Reflect.set(current ?? {}, name, value),
  });
}

/** The next event; a watch that ends instead fails the test. */
export async function eventOf<Event>(watch: AsyncIterator<Event, undefined>): Promise<Event> {
  const result = await watch.next();
  if (result.done === true) throw new Error("the watch has ended");
  return result.value;
}

export async function endAll(watches: readonly AsyncIterator<unknown, undefined>[]): Promise<void> {
  for (const watch of watches) await watch.return?.();
}
