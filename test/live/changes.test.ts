import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";

import { agentsChannel } from "../../src/live/agent-changes.js";
import type { AgentsSelection } from "../../src/live/agent-changes.js";
import { AgentsState } from "../../src/live/agents.js";
import type { LiveAgentFilter } from "../../src/loaders/index.js";
import { AgentState, agentMetrics } from "../../src/upstream/api/index.js";
import type { AgentRecord, StatusReasonList, StatusReasonRecord } from "../../src/upstream/api/index.js";
import type { Poller, Snapshot } from "../../src/live/poller.js";
import { statusReasonsChannel } from "../../src/live/status-reasons.js";

/**
 * Whoever applies each event to what it had before has, at any time, what it would get by asking anew: the plain way,
 * which compares all of two states, decides.
 */

const demand = { metrics: new Set(agentMetrics), metadata: true, observed: true };
const skipped = { count: 0, errorOf: () => undefined };

const statusFields = [
  "state",
  "since",
  "stateSeconds",
  "reasonSeconds",
  "reason",
  "load",
  "activeConversations",
  "maxSlots",
] as const;

/** Durations are news when what they count from is. */
const startOf = { stateSeconds: "since", reasonSeconds: "reasonSince" } as const;
const agentFields = ["status", "name", "group", "skills"] as const;

const named = fc.record(
  { accountId: fc.constant("1"), id: fc.constantFrom("1", "2"), name: fc.constantFrom("a", "b", null) },
  { noNullPrototype: true },
);
const instant = fc.option(fc.constantFrom(1, 2).map((ms) => new Date(ms)));

function agentOf(id: string): fc.Arbitrary<AgentRecord> {
  return fc.record({
    accountId: fc.constant("1"),
    id: fc.constant(id),
    status: fc.option(
      fc.record({
        accountId: fc.constant("1"),
        state: fc.constantFrom(AgentState.ONLINE, AgentState.AWAY),
        since: instant,
        reasonId: fc.constantFrom(null, "10", "11"),
        reasonSince: instant,
        load: fc.constantFrom(null, 0, 0.5),
        activeConversations: fc.constantFrom(null, 0, 1),
        assignedConversations: fc.constant(null),
        maxSlots: fc.constantFrom(1, 2),
        availableSlots: fc.constant(null),
      }),
    ),
    name: fc.constantFrom(null, "A", "B"),
    nickname: fc.constant(null),
    loginName: fc.constant(null),
    pictureUrl: fc.constant(null),
    group: fc.option(named),
    skills: fc.array(named, { maxLength: 2 }),
  });
}

const agents = fc
  .tuple(...["1", "2", "3"].map((id) => fc.option(agentOf(id))))
  .map((all) => all.filter((agent) => agent !== null));

function reasonOf(id: string): fc.Arbitrary<StatusReasonRecord> {
  return fc.record({
    accountId: fc.constant("1"),
    id: fc.constant(id),
    text: fc.constantFrom("Lunch", "Training"),
    state: fc.constant(AgentState.AWAY),
    enabled: fc.boolean(),
    deleted: fc.boolean(),
    attributes: fc.constant({}),
  });
}

const reasons: fc.Arbitrary<StatusReasonList> = fc.record({
  value: fc
    .tuple(...["10", "11"].map((id) => fc.option(reasonOf(id))))
    .map((all) => all.filter((reason) => reason !== null)),
  revision: fc.constantFrom("1", "2", null),
  skipped: fc.constant(skipped),
});

/** A poller that has just seen what the test says. */
class FakePoller<State> {
  snapshot: Snapshot<State> | undefined;

  see(state: State, observedAtMs = 0): void {
    this.snapshot = { state, observedAt: new Date(observedAtMs), isStale: false };
  }
}

function pollerOf<State>(fake: FakePoller<State>): Poller<State> {
  return fake as unknown as Poller<State>;
}

/** What of an agent an operation shows: the plain way. */
function shown(agent: AgentRecord, list: StatusReasonList, selection: AgentsSelection): unknown {
  const status = agent.status;
  const fields = agentFields.filter((field) => selection.agent.has(field));
  const reason = list.value.find(({ id }) => id === status?.reasonId);
  return fields.map((field) => {
    if (field === "group") return agent.group && [agent.group.id, agent.group.name];
    if (field !== "status") return agent[field];
    return (
      status &&
      statusFields
        .filter((name) => selection.status.has(name))
        .map((name) => {
          if (name === "reason") return [status.reasonId, selection.reason.has("text") && reason?.text];
          return status[name === "stateSeconds" || name === "reasonSeconds" ? startOf[name] : name];
        })
    );
  });
}

const selections: fc.Arbitrary<AgentsSelection> = fc
  .record({
    agent: fc.subarray([...agentFields]),
    status: fc.subarray([...statusFields]),
    reason: fc.subarray(["text"]),
  })
  .map(({ agent, status, reason }) => ({
    demand,
    change: new Set(["changed", "leftIds", "totalCount"]),
    agent: new Set(["id", ...agent]),
    status: new Set(agent.includes("status") ? status : []),
    group: new Set(["id", "name"].filter(() => agent.includes("group"))),
    skill: new Set(["id", "name"]),
    reason: new Set(agent.includes("status") && status.includes("reason") ? reason : []),
  }));

const threshold = fc.option(fc.nat({ max: 3 }));
const filters = fc.record({ minSecondsInState: threshold, minSecondsInReason: threshold });

/** The plain way to apply a filter. */
function passes({ status }: AgentRecord, nowMs: number, filter: LiveAgentFilter): boolean {
  const { minSecondsInState, minSecondsInReason } = filter;
  const hasLasted = (since: Date | null | undefined, seconds: number) =>
    since != null && Math.max(0, nowMs - since.getTime()) >= seconds * 1000;
  return (
    (minSecondsInState == null || hasLasted(status?.since, minSecondsInState)) &&
    (minSecondsInReason == null ||
      (status?.reasonId != null && hasLasted(status.reasonSince, minSecondsInReason)))
  );
}

/** What the next poll sees; null: the same as before. Time passes in any case. */
const agentSteps = fc.array(
  fc.record({
    seen: fc.option(agents),
    list: reasons,
    afterMs: fc.nat({ max: 2000 }),
    isPulled: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

test("agents: the events add up to the state, and none is without news", () => {
  fc.assert(
    fc.property(
      selections,
      fc.oneof(fc.constant({ minSecondsInState: null, minSecondsInReason: null }), filters),
      agentSteps,
      (selection, filter, steps) => {
        const agentsPoller = new FakePoller<AgentsState>();
        const reasonsPoller = new FakePoller<StatusReasonList>();
        // As Live does: reasons are followed where more of them than their keys is selected.
        const followed = selection.reason.size > 0 ? pollerOf(reasonsPoller) : undefined;
        const pollers = { agents: pollerOf(agentsPoller), reasons: followed };
        const channel = agentsChannel(pollers, filter, selection);
        const held = new Map<string, unknown>();
        let delivered: ReturnType<typeof channel.newest>;
        let state = new AgentsState([], demand);
        let nowMs = 0;
        for (const { seen, list, afterMs, isPulled } of steps) {
          nowMs += afterMs;
          if (seen !== null) {
            const time = { from: 0, to: 0 };
            const view = { agents: seen, totalCount: seen.length, skipped, observedAtMs: nowMs, time };
            state = new AgentsState([view], demand);
          }
          agentsPoller.see(state, nowMs);
          reasonsPoller.see(list);
          const all = state.agents.filter((agent) => passes(agent, nowMs, filter));
          if (!isPulled) continue;
          const newest = channel.newest();
          if (newest === undefined) throw new Error("there is no position");
          const event = channel.changeBetween(delivered, newest);
          const before = new Map(held);
          const isFirst = delivered === undefined;
          delivered = newest;
          for (const agent of event?.changed ?? []) held.set(agent.id, shown(agent, list, selection));
          for (const id of event?.leftIds ?? []) held.delete(id);
          const now = new Map(all.map((agent) => [agent.id, shown(agent, list, selection)]));
          expect(sorted(held)).toEqual(sorted(now));
          if (isFirst) expect(event?.changed).toHaveLength(all.length);
          else expect(event !== undefined).toBe(!isDeepStrictEqual(sorted(before), sorted(now)));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test("reasons: the events add up to the state, and none is without news", () => {
  fc.assert(
    fc.property(
      fc.subarray(["text", "enabled"]),
      fc.array(fc.tuple(reasons, fc.boolean()), { minLength: 1, maxLength: 6 }),
      (fields, steps) => {
        const poller = new FakePoller<StatusReasonList>();
        const channel = statusReasonsChannel(pollerOf(poller), {
          change: new Set(["changed"]),
          reason: new Set(fields),
        });
        const show = (reason: StatusReasonRecord) => [
          reason.deleted,
          ...fields.map((field) => reason[field as "text" | "enabled"]),
        ];
        const held = new Map<string, unknown>();
        let delivered: ReturnType<typeof channel.newest>;
        for (const [list, isPulled] of steps) {
          poller.see(list);
          if (!isPulled) continue;
          const newest = channel.newest();
          if (newest === undefined) throw new Error("there is no position");
          const event = channel.changeBetween(delivered, newest);
          delivered = newest;
          for (const reason of event?.changed ?? []) held.set(reason.id, show(reason));
          for (const reason of list.value) expect(held.get(reason.id)).toEqual(show(reason));
          const listed = new Set(list.value.map(({ id }) => id));
          const gone = [...held].filter(([id]) => !listed.has(id));
          expect(gone.every(([, value]) => (value as boolean[])[0] === true)).toBe(true);
        }
      },
    ),
    { numRuns: 500 },
  );
});

function sorted(map: ReadonlyMap<string, unknown>): [string, unknown][] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1));
}
