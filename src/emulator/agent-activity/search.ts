import type { AgentRoster, EmulatedAgent, StatusChange, TimeWindow } from "../data/index.js";
import type { StatusChangesQuery } from "./query.js";

/** A row of the response. A login and a logout are rows of their own, beside the change of the status. */
export interface StatusEvent {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly agent: EmulatedAgent;
  readonly kind: "change" | "login" | "logout";
  readonly change: StatusChange;
  /** undefined for a login and the change that follows it. */
  readonly sessionId: number | undefined;
  readonly sequenceNumber: number;
  /** Epoch milliseconds; undefined for a login, the change that follows it, and a logout. */
  readonly previousAt: number | undefined;
}

/** All changes that match the query, oldest first; those of one agent at one time in the order of their numbers. */
export function findStatusChanges(
  roster: AgentRoster,
  { window, filter }: Pick<StatusChangesQuery, "window" | "filter">,
): StatusEvent[] {
  return roster
    .list()
    .filter((agent) => filter === undefined || valueOf[filter.by](agent) === filter.value)
    .flatMap((agent) => eventsIn(agent, roster.history.changes(agent, window), window))
    .sort((left, right) => left.at - right.at);
}

/** The agent's id in the systems of its employer. */
export const employeeIdOf = ({ id }: EmulatedAgent): string => `E${id}`;

const valueOf: Readonly<
  Record<NonNullable<StatusChangesQuery["filter"]>["by"], (agent: EmulatedAgent) => string>
> = {
  agentId: ({ id }) => id,
  groupId: ({ group }) => group.id,
  empId: employeeIdOf,
};

/** @param changes from the start of the session in which the window begins */
function eventsIn(
  agent: EmulatedAgent,
  changes: readonly StatusChange[],
  { from }: TimeWindow,
): StatusEvent[] {
  const events: StatusEvent[] = [];
  // One form of object: a month of all agents has some 100,000 of them.
  const add = (event: Omit<StatusEvent, "agent" | "at">): void => {
    const { kind, change, sessionId, sequenceNumber, previousAt } = event;
    if (change.at < from) return;
    events.push({ at: change.at, agent, kind, change, sessionId, sequenceNumber, previousAt });
  };
  let previousAt: number | undefined;
  let sessionId: number | undefined;
  let sequenceNumber = 0;
  for (const change of changes) {
    const isOut = change.status === "OFFLINE";
    if (sessionId !== undefined) {
      sequenceNumber += 1;
      add({ kind: "change", change, sessionId, sequenceNumber, previousAt });
      if (isOut) {
        sequenceNumber += 1;
        add({ kind: "logout", change, sessionId, sequenceNumber, previousAt: undefined });
        sessionId = undefined;
      }
    } else if (!isOut) {
      const unknown = { sessionId: undefined, previousAt: undefined };
      add({ kind: "login", change, sequenceNumber: -1, ...unknown });
      add({ kind: "change", change, sequenceNumber: 1, ...unknown });
      sessionId = Math.floor(change.at / 1000);
      sequenceNumber = 1;
    }
    previousAt = change.at;
  }
  return events;
}
