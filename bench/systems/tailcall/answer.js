import { reasonFrom } from "../wire.js";

/** @import { Operation } from "../../operations.js" */

/**
 * What Tailcall answers, as the schema has it: its ids are the upstream's numbers, its states in the upstream's
 * spelling. Only to check them.
 *
 * @param {Operation} _operation
 * @param {any} answer
 */
export function tailcallData(_operation, { data }) {
  if (data?.agents) return { agents: data.agents.map(withTextId) };
  if (data?.statusReason) return { statusReason: reasonFrom(data.statusReason) };
  if (data?.statusReasons) return { statusReasons: { nodes: data.statusReasons.nodes.map(reasonFrom) } };
  return data;
}

/** @param {{ id: number }} agent */
function withTextId(agent) {
  return { ...agent, id: String(agent.id) };
}
