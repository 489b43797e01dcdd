import { accountOf, agentsOf, reasonsOf } from "../accounts.js";

/** @typedef {import("../accounts.js").Reason} Reason */

/**
 * The answers of one account, as bytes.
 *
 * @typedef {object} Bodies
 * @property {Buffer} reasons
 * @property {ReadonlyMap<string, Buffer>} reasonById
 * @property {(limit: number) => Buffer} agents The first agents.
 */

/**
 * Writes the answers of accounts, each once.
 *
 * @returns {(accountId: string) => Bodies}
 */
export function bodiesByAccount() {
  return remember(bodiesOf);
}

/**
 * @param {string} accountId
 * @returns {Bodies}
 */
function bodiesOf(accountId) {
  const account = accountOf(accountId);
  const reasons = reasonsOf(account);
  const records = agentsOf(account).map(({ id, state, reason }) => ({
    agentId: id,
    agentGroupId: -1,
    agentCurrentStatus: state,
    agentCurrentStatusReasonId: reason.id,
  }));
  return {
    reasons: Buffer.from(`[${reasons.map(reasonJson).join(",")}]`),
    reasonById: new Map(reasons.map((reason) => [reason.id, Buffer.from(reasonJson(reason))])),
    agents: remember((/** @type {number} */ limit) => {
      const shown = records.slice(0, limit);
      return Buffer.from(JSON.stringify({ metadata: { count: shown.length }, agentViewRecords: shown }));
    }),
  };
}

/**
 * The id is a number on the wire, whatever its size.
 *
 * @param {Reason} reason
 */
function reasonJson({ id, ...others }) {
  return `{"id":${id},${JSON.stringify(others).slice(1)}`;
}

/**
 * @template K, V
 * @param {(key: K) => V} make
 * @returns {(key: K) => V}
 */
function remember(make) {
  /** @type {Map<K, V>} */
  const made = new Map();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
