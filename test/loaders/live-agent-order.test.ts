import fc from "fast-check";

import { LiveAgentOrderField, SortDirection, sortAgents } from "../../src/loaders/live-agent-order.js";
import { AgentState, unseenAgent } from "../../src/upstream/api/index.js";
import type { AgentRecord } from "../../src/upstream/api/index.js";

const accountId = "1";
const observedAtMs = 5000;

const instant = fc.option(fc.constantFrom(0, 1000, 4000, 5000, 9000).map((ms) => new Date(ms)));
const status = fc.record({
  accountId: fc.constant(accountId),
  state: fc.constantFrom(...Object.values(AgentState)),
  since: instant,
  reasonId: fc.option(fc.constantFrom("5", "10")),
  reasonSince: instant,
  load: fc.option(fc.constantFrom(0, 0.5, 1.18)),
});
const part = fc.record({
  id: fc.constantFrom("9", "10", "99", "100", "9007199254740993", "9223372036854775807"),
  name: fc.option(fc.constantFrom("Ann", "ann", "Émile", "Emile", "Zoe")),
  status: fc.option(status),
});
const agents = fc.uniqueArray(part, { selector: ({ id }) => id }).map((parts) =>
  parts.map(({ status, ...one }): AgentRecord => {
    const slots = {
      activeConversations: null,
      assignedConversations: null,
      maxSlots: null,
      availableSlots: null,
    };
    return { ...unseenAgent(accountId, one.id), ...one, status: status && { ...status, ...slots } };
  }),
);

/** The plain way: what agents are compared by, one after the other; null is unknown. */
const keys: Record<Exclude<LiveAgentOrderField, "ID">, (agent: AgentRecord) => string | number | null> = {
  NAME: ({ name }) => name,
  STATE: ({ status }) => status && Object.values(AgentState).indexOf(status.state),
  LOAD: ({ status }) => status?.load ?? null,
  STATE_TIME: ({ status }) => status && lasted(status.since),
  REASON_TIME: ({ status }) => (status?.reasonId == null ? null : lasted(status.reasonSince)),
};

function lasted(since: Date | null): number | null {
  return since && Math.max(0, observedAtMs - since.getTime());
}

function compare(one: string | number, other: string | number): number {
  return typeof one === "string" ? one.localeCompare(String(other), "en") : one - Number(other);
}

/** Inserts one after the other before the first that comes later. */
function sortedPlainly(
  all: readonly AgentRecord[],
  isLater: (one: AgentRecord, other: AgentRecord) => boolean,
) {
  const sorted: AgentRecord[] = [];
  for (const agent of all) {
    const index = sorted.findIndex((other) => isLater(other, agent));
    sorted.splice(index === -1 ? sorted.length : index, 0, agent);
  }
  return sorted;
}

const fields = Object.values(LiveAgentOrderField).filter((by) => by !== LiveAgentOrderField.ID);

describe.each(Object.values(SortDirection))("agents in the order %s", (direction) => {
  it.each(fields)("by %s are by it, then by id, and those of whom it is unknown are last", (by) => {
    const isLater = (one: AgentRecord, other: AgentRecord): boolean => {
      const [left, right] = [keys[by](one), keys[by](other)];
      if ((left === null) !== (right === null)) return left === null;
      const order = left === null || right === null ? 0 : compare(left, right);
      if (order !== 0) return direction === SortDirection.ASC ? order > 0 : order < 0;
      return BigInt(one.id) > BigInt(other.id);
    };
    fc.assert(
      fc.property(agents, (all) => {
        const sorted = sortAgents({ agents: all, observedAtMs }, { by, direction });
        expect(sorted.map(({ id }) => id)).toEqual(sortedPlainly(all, isLater).map(({ id }) => id));
      }),
    );
  });
});
