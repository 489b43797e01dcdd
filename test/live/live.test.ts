import type { PollOutcome } from "../../src/observability/index.js";
import { AgentState, agentMetrics } from "../../src/upstream/api/index.js";
import { fixedOrigin } from "../../src/upstream/http/service-directory.js";
import { UpstreamError } from "../../src/upstream/http/upstream-error.js";
import { createUpstream } from "../../src/upstream/upstream.js";
import type { Upstream } from "../../src/upstream/upstream.js";
import {
  emulatorAccountId as accountId,
  emulatorAgentIds as agentIds,
  emulatorReasonIds as reasonIds,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";
import { startEmulator } from "../../src/emulator/emulator.js";
import type { Emulator } from "../../src/emulator/emulator.js";
import { Live, TooManySubscriptionsError } from "../../src/live/index.js";
import type { AgentsSelection, LiveLimits, StatusReasonsSelection } from "../../src/live/index.js";
import { StateBudget } from "../../src/live/state-budget.js";
import type { AgentsQuestion } from "../../src/live/agents.js";
import { createCaller } from "../support/upstream-caller.js";

/** Counts what the pollers do, and lets a test wait for a poll. */
class LiveLog {
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

const everyReasonField: StatusReasonsSelection = {
  change: new Set(["changed", "revision"]),
  reason: new Set(["id", "text", "state", "enabled", "deleted"]),
};

const statesOnly: AgentsSelection = {
  demand: { metrics: new Set(["state"]), metadata: false },
  change: new Set(["changed", "leftIds", "totalCount"]),
  agent: new Set(["id", "status"]),
  status: new Set(["state"]),
  group: new Set(),
  skill: new Set(),
  reason: new Set(),
};

const withReasonTexts: AgentsSelection = {
  ...statesOnly,
  demand: { metrics: new Set(agentMetrics), metadata: true },
  status: new Set(["state", "reason"]),
  reason: new Set(["id", "text"]),
};

const oneHourMs = 3_600_000;

const reasonList = { method: "GET", path: "/status-reasons" };
const agentView = { method: "POST", path: "/agent_view" };

let emulator: Emulator;
let upstream: Upstream;
let log: LiveLog;
let live: Live;

interface LiveTestOptions extends Partial<LiveLimits> {
  /** Long where a test counts the polls. */
  readonly intervalMs?: number;
  readonly maxRecords?: number;
}

function createLive({ intervalMs = 10, maxRecords, ...limits }: LiveTestOptions = {}): Live {
  return new Live(upstream, {
    times: { intervalMs, wakeGapMs: 1, timeoutMs: 10_000 },
    limits: { maxSubscriptions: 1000, maxPerToken: 100, ...limits },
    observer: log,
    ...(maxRecords !== undefined && { budget: new StateBudget(maxRecords) }),
  });
}

function followReasons(token: string = emulatorTokens.admin, selection = everyReasonField) {
  return live.watchStatusReasons(createCaller(token).call, accountId, selection);
}

function followAgents(question: Partial<AgentsQuestion> = {}, selection = statesOnly) {
  const { call } = createCaller(emulatorTokens.admin);
  return live.watchAgents(call, { accountId, ids: null, filter: {}, ...question }, selection);
}

/** The next event; a watch that ends instead fails the test. */
async function eventOf<Event>(watch: AsyncIterator<Event, undefined>): Promise<Event> {
  const result = await watch.next();
  if (result.done === true) throw new Error("the watch has ended");
  return result.value;
}

async function endAll(watches: readonly AsyncIterator<unknown, undefined>[]): Promise<void> {
  for (const watch of watches) await watch.return?.();
}

function agentsOf(account = accountId) {
  return emulator.state.account(account).agents;
}

function reasonsOf(account = accountId) {
  return emulator.state.account(account).reasons;
}

beforeEach(async () => {
  emulator = await startEmulator();
  upstream = createUpstream({
    directory: fixedOrigin(emulator.origin),
    apiVersion: "1.0",
    resilience: { backoffBaseMs: 1, maxAttempts: 1 },
  });
  log = new LiveLog();
  live = createLive();
});

afterEach(async () => {
  await emulator.stop();
  await upstream.close();
  expect({ pollers: log.pollers, subscriptions: log.subscriptions, stale: log.stale }).toEqual({
    pollers: 0,
    subscriptions: 0,
    stale: 0,
  });
});

describe("reasons", () => {
  test("first come all, the deleted ones too, then what changed", async () => {
    const watch = followReasons();
    const first = await eventOf(watch);
    expect(first.changed.map(({ id }) => id)).toEqual(
      reasonsOf()
        .list(true)
        .map(({ id }) => String(id)),
    );
    expect(first).toMatchObject({ revision: reasonsOf().revision.toString(), stale: false });

    const [created] = reasonsOf().create([{ text: "Brunch", state: "Away", enabled: true }]);
    const second = await eventOf(watch);
    expect(second.changed).toMatchObject([{ id: String(created?.id), text: "Brunch", deleted: false }]);

    reasonsOf().remove(BigInt(reasonIds.lunch));
    const third = await eventOf(watch);
    expect(third.changed).toMatchObject([{ id: reasonIds.lunch, deleted: true }]);
    expect(third.revision).toBe(reasonsOf().revision.toString());
    await watch.return?.();
  });

  test("a change of what is not selected is no event", async () => {
    const watch = followReasons(emulatorTokens.admin, {
      change: new Set(["changed"]),
      reason: new Set(["id", "text"]),
    });
    await eventOf(watch);
    const next = eventOf(watch);
    const lunch = reasonsOf().get(BigInt(reasonIds.lunch));
    reasonsOf().update(lunch.id, { ...lunch, enabled: !lunch.enabled });
    await log.morePolls(3);
    reasonsOf().update(lunch.id, { ...lunch, text: "Long lunch" });
    expect((await next).changed).toMatchObject([{ id: reasonIds.lunch, text: "Long lunch" }]);
    await watch.return?.();
  });

  test("one poll serves all who ask with the same token, whatever they select", async () => {
    live = createLive({ intervalMs: oneHourMs });
    const watches = [
      ...Array.from({ length: 10 }, () => followReasons()),
      followReasons(emulatorTokens.admin, { change: new Set(["revision"]), reason: new Set() }),
    ];
    const events = await Promise.all(watches.map(eventOf));
    expect(emulator.journal.count(reasonList)).toBe(1);
    expect(log.pollers).toBe(1);
    // The same object: whoever answers can do that once for all of them.
    expect(new Set(events.slice(0, 10)).size).toBe(1);
    await endAll(watches);
  });

  test("tokens share nothing, and a refused one ends its own watches only", async () => {
    const watch = followReasons();
    const refused = [followReasons(emulatorTokens.expired), followReasons(emulatorTokens.expired)];
    const outcomes = await Promise.allSettled([watch.next(), ...refused.map((other) => other.next())]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const other of refused) expect(await other.next()).toEqual({ done: true, value: undefined });
    expect(log.pollers).toBe(1);
    reasonsOf().create([{ text: "Brunch", state: "Away", enabled: true }]);
    expect((await eventOf(watch)).changed).toHaveLength(1);
    await watch.return?.();
  });

  test("a token that is refused later ends its watches with the upstream's refusal", async () => {
    const watch = followReasons();
    await eventOf(watch);
    emulator.faults.add({ match: reasonList, status: 401 });
    await expect(watch.next()).rejects.toMatchObject({ fault: "unauthenticated" });
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });

  test("nothing is polled for nobody", async () => {
    const watch = followReasons();
    await eventOf(watch);
    const pending = watch.next();
    await watch.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(log.pollers).toBe(0);
  });

  test("whoever has no bearer token is refused at once", () => {
    const call = { ...createCaller().call, authorization: undefined };
    expect(() => live.watchStatusReasons(call, accountId, everyReasonField)).toThrow(UpstreamError);
    expect(emulator.journal.count(reasonList)).toBe(0);
  });

  test.each([
    ["a service that responds 304", true, 200],
    ["a service that ignores If-Match", false, 200],
  ])("%s", async (_name, conditionalReads) => {
    emulator.state.edition.conditionalReads = conditionalReads;
    const watch = followReasons();
    await eventOf(watch);
    const next = eventOf(watch);
    await log.morePolls(15);
    expect(log.polls.slice(1)).not.toContain("changed");
    const statuses = new Set(emulator.journal.select(reasonList).map(({ status }) => status));
    expect(statuses.has(304)).toBe(conditionalReads);
    // One poll in twelve asks for the whole list all the same.
    expect(statuses.has(200)).toBe(true);
    reasonsOf().create([{ text: "Brunch", state: "Away", enabled: true }]);
    expect((await next).changed).toHaveLength(1);
    await watch.return?.();
  });

  test("a service that refuses If-Match on a read is asked without it", async () => {
    const watch = followReasons();
    await eventOf(watch);
    emulator.faults.add({ match: reasonList, status: 412, times: 1 });
    reasonsOf().create([{ text: "Brunch", state: "Away", enabled: true }]);
    expect((await eventOf(watch)).changed).toHaveLength(1);
    await watch.return?.();
  });

  test("a write makes its account's pollers look at once", async () => {
    live = createLive({ intervalMs: oneHourMs });
    const watch = followReasons();
    await eventOf(watch);
    reasonsOf().create([{ text: "Brunch", state: "Away", enabled: true }]);
    live.statusReasonsWritten(accountId);
    expect((await eventOf(watch)).changed).toHaveLength(1);
    live.statusReasonsWritten("87654321");
    await watch.return?.();
  });

  test("an outage makes what is shown stale, and is caught up with", async () => {
    const selection = { ...everyReasonField, change: new Set(["changed", "stale"]) };
    const watch = followReasons(emulatorTokens.admin, selection);
    await eventOf(watch);
    emulator.faults.add({ match: reasonList, status: 503 });
    let event = await eventOf(watch);
    // Where the machine is slow, it may have been stale for a moment before.
    while (!event.stale) event = await eventOf(watch);
    expect(event).toMatchObject({ changed: [], stale: true });
    expect(log.stale).toBe(1);
    reasonsOf().create([{ text: "Brunch", state: "Away", enabled: true }]);
    emulator.faults.clear();
    expect(await eventOf(watch)).toMatchObject({ changed: [{ text: "Brunch" }], stale: false });
    await watch.return?.();
  });

  test("who reads slowly gets the newest state, not what was in between", async () => {
    const watch = followReasons();
    await eventOf(watch);
    for (const text of ["First", "Second", "Third"]) {
      reasonsOf().create([{ text, state: "Away", enabled: true }]);
      await log.morePolls(2);
    }
    expect((await eventOf(watch)).changed.map(({ text }) => text)).toEqual(["First", "Second", "Third"]);
    await watch.return?.();
  });

  test("the caps of a token and of the process", async () => {
    live = createLive({ maxSubscriptions: 3, maxPerToken: 2 });
    const watches = [followReasons(), followReasons()];
    expect(() => followReasons()).toThrow(TooManySubscriptionsError);
    watches.push(followReasons(emulatorTokens.readOnly));
    expect(() => followReasons(emulatorTokens.readOnly)).toThrow(TooManySubscriptionsError);
    await watches[0]?.return?.();
    watches.push(followReasons());
    await endAll(watches);
  });
});

describe("what snapshots take together", () => {
  test("is bounded: the watches of a question that has no room end, the others stay", async () => {
    const reasons = reasonsOf().list(true).length;
    live = createLive({ maxRecords: reasons + 10 });
    const watch = followReasons();
    await eventOf(watch);
    const large = followAgents();
    await expect(large.next()).rejects.toThrow(TooManySubscriptionsError);
    const small = followAgents({ ids: [agentIds.online] });
    expect((await eventOf(small)).changed).toHaveLength(1);
    await endAll([watch, small]);
  });
});

describe("agents", () => {
  test("first come all who pass, then who changed and who left", async () => {
    const watch = followAgents();
    const first = await eventOf(watch);
    expect(first.totalCount).toBe(first.changed.length);
    expect(first.changed.map(({ id }) => id)).toContain(agentIds.online);
    expect(first.changed.map(({ id }) => id)).not.toContain(agentIds.offline);

    agentsOf().setStatus(agentIds.online, "AWAY", reasonIds.lunch);
    const second = await eventOf(watch);
    expect(second.changed).toMatchObject([{ id: agentIds.online, status: { state: AgentState.AWAY } }]);
    expect(second).toMatchObject({ leftIds: [], totalCount: first.totalCount });

    agentsOf().setStatus(agentIds.online, "OFFLINE");
    expect(await eventOf(watch)).toMatchObject({
      changed: [],
      leftIds: [agentIds.online],
      totalCount: first.totalCount - 1,
    });
    await watch.return?.();
  });

  test("asked for by id, an agent who logs out is OFFLINE", async () => {
    const watch = followAgents({ ids: [agentIds.online, agentIds.neverLoggedIn] });
    expect((await eventOf(watch)).changed).toMatchObject([{ id: agentIds.online }]);
    agentsOf().setStatus(agentIds.online, "OFFLINE");
    expect((await eventOf(watch)).changed).toMatchObject([
      { id: agentIds.online, status: { state: AgentState.OFFLINE } },
    ]);
    await watch.return?.();
  });

  test("filters by reason are applied here, to one poll", async () => {
    live = createLive({ intervalMs: 1000 });
    const watches = [
      followAgents({ filter: { reasonIds: [reasonIds.lunch] } }),
      followAgents({ filter: { reasonIds: [reasonIds.coffeeBreak] } }),
    ];
    const [lunch, coffee] = await Promise.all(watches.map(eventOf));
    expect(emulator.journal.count(agentView)).toBe(1);
    expect(lunch?.changed.every(({ status }) => status?.reasonId === reasonIds.lunch)).toBe(true);
    expect(coffee?.totalCount).toBe(coffee?.changed.length);
    const coming = Promise.all(watches.map(eventOf));
    agentsOf().setStatus(agentIds.atLunch, "AWAY", reasonIds.coffeeBreak);
    const [left, came] = await coming;
    expect(left).toMatchObject({ changed: [], leftIds: [agentIds.atLunch] });
    expect(came?.changed).toMatchObject([{ id: agentIds.atLunch }]);
    await endAll(watches);
  });

  test("who selects more is polled for more, and those who were there first notice nothing", async () => {
    const first = followAgents();
    await eventOf(first);
    const second = followAgents({}, withReasonTexts);
    const event = await eventOf(second);
    expect(event.changed.find(({ id }) => id === agentIds.atLunch)?.status?.reasonId).toBe(reasonIds.lunch);
    expect(log.pollers).toBe(2);
    const next = eventOf(first);
    agentsOf().setStatus(agentIds.online, "AWAY");
    expect((await next).changed).toHaveLength(1);
    await endAll([first, second]);
  });

  test("who selects more while a poll for less is under way waits for one more poll, not for the interval", async () => {
    live = createLive({ intervalMs: oneHourMs });
    emulator.faults.add({ match: agentView, latencyMs: 60_000 });
    const first = followAgents();
    const firstEvent = eventOf(first);
    await emulator.journal.whenReceived(agentView);
    const second = followAgents({}, withReasonTexts);
    emulator.faults.clear();
    await firstEvent;
    await eventOf(second);
    expect(emulator.journal.count(agentView)).toBe(2);
    await endAll([first, second]);
  });

  test("a reason's new text is a change of the agents who give it", async () => {
    const watch = followAgents({ ids: [agentIds.atLunch, agentIds.online] }, withReasonTexts);
    expect((await eventOf(watch)).reasons?.value.length).toBeGreaterThan(0);
    const lunch = reasonsOf().get(BigInt(reasonIds.lunch));
    reasonsOf().update(lunch.id, { ...lunch, text: "Long lunch" });
    const event = await eventOf(watch);
    expect(event.changed.map(({ id }) => id)).toEqual([agentIds.atLunch]);
    await watch.return?.();
  });

  test("more ids than one view shows are asked for in several calls", async () => {
    live = createLive({ intervalMs: oneHourMs });
    const ids = Array.from({ length: 1500 }, (_, index) => String(index + 1));
    const watch = followAgents({ ids: [...ids, agentIds.online] });
    expect((await eventOf(watch)).changed).toMatchObject([{ id: agentIds.online }]);
    expect(emulator.journal.count(agentView)).toBe(2);
    await watch.return?.();
  });
});
