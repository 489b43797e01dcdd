import { getReason, listReasons, viewAgents } from "../upstream/calls.js";
import { fetchJson } from "./upstream-client.js";
import { agentsFrom, reasonFrom } from "./wire.js";

/** @typedef {{ authorization: string | undefined }} Caller */

/** The fields of Query, for the peers that leave it to the author how the upstream is called. */
export const queryResolvers = {
  /**
   * @param {unknown} _root
   * @param {{ accountId: string }} args
   * @param {Caller} caller
   */
  statusReasons: async (_root, { accountId }, { authorization }) => {
    const reasons = await fetchJson(listReasons(accountId), authorization);
    return { nodes: reasons.map(reasonFrom) };
  },
  /**
   * @param {unknown} _root
   * @param {{ accountId: string, id: string }} args
   * @param {Caller} caller
   */
  statusReason: async (_root, { accountId, id }, { authorization }) =>
    reasonFrom(await fetchJson(getReason(accountId, id), authorization)),
  /**
   * @param {unknown} _root
   * @param {{ accountId: string, ids: string[] }} args
   * @param {Caller} caller
   */
  agents: async (_root, { accountId, ids }, { authorization }) =>
    agentsFrom(accountId, ids, await fetchJson(viewAgents(accountId, ids), authorization)),
};
