import { agentsWithReasons } from "../agents-with-reasons.js";
import { reasonFrom } from "../wire.js";

/**
 * What the bytes of the proxy say, as GraphQL's `data`: only to check them.
 *
 * @param {import("../../operations.js").Operation} operation
 * @param {any} answer
 */
export function proxyData({ body }, answer) {
  if (Array.isArray(answer)) return { statusReasons: { nodes: answer.map(reasonFrom) } };
  if (answer.agents === undefined) return { statusReason: reasonFrom(answer) };
  const { accountId, ids } = JSON.parse(body).variables;
  return { agents: agentsWithReasons(accountId, ids, answer.agents, answer.reasons) };
}
