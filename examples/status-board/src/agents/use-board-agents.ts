import { useMemo } from "react";

import type { BoardAgentFragment } from "../gql/graphql.js";
import type { Limits } from "../limits/limits.js";
import { boardAgentOf } from "./board-agent.js";
import type { BoardAgent } from "./board-agent.js";

/** Agents as the board shows them. Who has not changed stays the same object, so that the row is not rendered again. */
export function useBoardAgents(agents: readonly BoardAgentFragment[], limits: Limits): readonly BoardAgent[] {
  const convert = useMemo(() => createConverter(limits), [limits]);
  return useMemo(() => agents.map(convert), [agents, convert]);
}

function createConverter(limits: Limits): (agent: BoardAgentFragment) => BoardAgent {
  const known = new WeakMap<BoardAgentFragment, BoardAgent>();
  return (agent) => {
    const converted = known.get(agent) ?? boardAgentOf(agent, limits);
    known.set(agent, converted);
    return converted;
  };
}
