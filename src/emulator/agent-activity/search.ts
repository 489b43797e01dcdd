import type { AgentRoster, EmulatedAgent, StatusChange, TimeWindow } from "../data/index.js";
import type { StatusChangesQuery } from "./query.js";

/** A row of the response. A login and a logout are rows of their own, beside the change of the status. */
export interface StatusEvent {
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
    .sort((left, right) => left.change.at - right.change.at);
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

function eventsIn(agent: EmulatedAgent, changes: readonly StatusChange[], window: TimeWindow): StatusEvent[] {
  const events: StatusEvent[] = [];
  /** The session that an agent is in: its id, and the number of its last change. */
  let session: { readonly sessionId: number; sequenceNumber: number } | undefined;
  let previousAt: number | undefined;
  for (const change of changes) {
    const isOut = change.status === "OFFLINE";
    const of = { agent, change };
    if (session === undefined && !isOut) {
      session = { sessionId: Math.floor(change.at / 1000), sequenceNumber: 1 };
      const login = { ...of, sessionId: undefined, previousAt: undefined };
      events.push(
        { ...login, kind: "login", sequenceNumber: -1 },
        { ...login, kind: "change", sequenceNumber: 1 },
      );
    } else if (session !== undefined) {
      session.sequenceNumber += 1;
      events.push({ ...of, ...session, kind: "change", previousAt });
      if (isOut) {
        const sequenceNumber = session.sequenceNumber + 1;
        events.push({ ...of, ...session, kind: "logout", sequenceNumber, previousAt: undefined });
        session = undefined;
      }
    }
    previousAt = change.at;
  }
  return events.filter(({ change }) => change.at >= window.from);
}
