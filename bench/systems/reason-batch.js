import { getReason, listReasons } from "../upstream/calls.js";
import { fetchJson } from "./upstream-client.js";
import { reasonFrom } from "./wire.js";

/** @import { Reason } from "./wire.js" */

/**
 * Reasons of one account by their ids, for the peers' batch functions: one by itself, more out of the whole list.
 *
 * @param {string} accountId
 * @param {readonly string[]} ids
 * @param {string | undefined} authorization
 * @returns {Promise<(Reason | null)[]>}
 */
export async function reasonsByIds(accountId, ids, authorization) {
  const [first] = ids;
  if (new Set(ids).size === 1) {
    const reason = reasonFrom(await fetchJson(getReason(accountId, first), authorization));
    return ids.map(() => reason);
  }
  const list = await fetchJson(listReasons(accountId, true), authorization);
  /** @type {Map<string, Reason>} */
  const reasons = new Map(list.map(reasonFrom).map((/** @type {Reason} */ reason) => [reason.id, reason]));
  return ids.map((id) => reasons.get(id) ?? null);
}
