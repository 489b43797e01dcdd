import { agentsFrom } from "./wire.js";

/** @import { AgentViewWire, ReasonWire } from "./wire.js" */

/**
 * Joins agents with the texts of their reasons, as the operation asks for them.
 *
 * @param {string} accountId
 * @param {readonly string[]} ids
 * @param {AgentViewWire} view
 * @param {readonly ReasonWire[]} reasons
 */
export function agentsWithReasons(accountId, ids, view, reasons) {
  const texts = new Map(reasons.map(({ id, text }) => [String(id), text]));
  return agentsFrom(accountId, ids, view).map(({ id, status }) => {
    if (status === null) return { id, status };
    const text = texts.get(status.reasonId);
    return { id, status: { state: status.state, reason: text === undefined ? null : { text } } };
  });
}
