import type { AgentState } from "../gql/graphql.js";
import type { BoardAgent, Named } from "./board-agent.js";

/** Which agents are shown: those that match every part. An empty part matches all. */
export interface AgentFilter {
  /** A part of the name, the nickname or the id, ignoring case and accents. */
  readonly search: string;
  readonly states: readonly AgentState[];
  /** Ids of reasons, or {@link noReason}. */
  readonly reasons: readonly string[];
  readonly groups: readonly string[];
  readonly skills: readonly string[];
  /** Only agents whose limit has been reached. */
  readonly isOver: boolean;
}

export const noFilter: AgentFilter = {
  search: "",
  states: [],
  reasons: [],
  groups: [],
  skills: [],
  isOver: false,
};

/** Stands for no reason, among ids of reasons. */
export const noReason = "none";

/** Whether an agent's limit has been reached. */
export function isOver({ dueMs }: BoardAgent, nowMs: number): boolean {
  return dueMs <= nowMs;
}

/** Selects the agents that match a filter. */
export function filterAgents(
  agents: readonly BoardAgent[],
  { search, states, reasons, groups, skills, isOver: isOverOnly }: AgentFilter,
  nowMs: number,
): readonly BoardAgent[] {
  const part = foldText(search.trim());
  return agents.filter(
    (agent) =>
      includes(states, agent.state) &&
      includes(reasons, agent.reason?.id ?? noReason) &&
      includes(groups, agent.group?.id) &&
      (skills.length === 0 || agent.skills.some(({ id }) => skills.includes(id))) &&
      (!isOverOnly || isOver(agent, nowMs)) &&
      (part === "" || foldText(`${agent.name}\n${agent.nickname}\n${agent.id}`).includes(part)),
  );
}

/** The groups, skills and reasons that agents have, by name. */
export function optionsOf(
  agents: readonly BoardAgent[],
  read: (agent: BoardAgent) => readonly (Named | undefined)[],
): readonly Named[] {
  const byId = new Map<string, Named>();
  for (const named of agents.flatMap(read)) if (named !== undefined) byId.set(named.id, named);
  return [...byId.values()].sort((one, other) => one.name.localeCompare(other.name));
}

function includes<T>(list: readonly T[], value: T | undefined): boolean {
  return list.length === 0 || (value !== undefined && list.includes(value));
}

/** Removes case and accents. */
function foldText(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
