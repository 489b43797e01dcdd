/**
 * The accounts of the fake upstream. An account's id says what is in it, so that the upstream, the operations and
 * the check of the answers need no more than the id.
 */

/**
 * @typedef {object} Account
 * @property {number} reasons How many status reasons it has.
 * @property {number} agents How many agents it has; each gives one of the reasons.
 * @property {boolean} wideIds Whether the reasons' ids are past 2^53.
 */

/**
 * A reason as the API has it, its id as exact digits.
 *
 * @typedef {{ id: string, text: string, state: string, deleted: boolean, enabled: boolean }} Reason
 */

/**
 * @param {Partial<Account>} account
 * @returns {string}
 */
export function accountIdOf({ reasons = 50, agents = 0, wideIds = false }) {
  return `${wideIds ? "wide" : "plain"}_${reasons}_${agents}`;
}

/**
 * @param {string} accountId
 * @returns {Account}
 */
export function accountOf(accountId) {
  const [kind, reasons, agents] = accountId.split("_");
  return { wideIds: kind === "wide", reasons: Number(reasons), agents: Number(agents) };
}

/**
 * @param {Account} account
 * @returns {Reason[]}
 */
export function reasonsOf({ reasons, wideIds }) {
  // Odd numbers past 2^53 have no double.
  const idAt = (/** @type {number} */ index) =>
    wideIds ? String(9_007_199_254_740_993n + 2n * BigInt(index)) : String(3_487_210_000 + index);
  return Array.from({ length: reasons }, (_, index) => ({
    id: idAt(index),
    text: `Reason ${index}, away from the desk`,
    state: "Away",
    deleted: false,
    enabled: index % 10 !== 9,
  }));
}

/**
 * Every agent is away for a reason, each reason in turn.
 *
 * @param {Account} account
 * @returns {{ id: string, state: string, reason: Reason }[]}
 */
export function agentsOf(account) {
  const reasons = reasonsOf(account);
  return Array.from({ length: account.agents }, (_, index) => ({
    id: String(2_434_600_000 + index),
    state: "AWAY",
    reason: reasons[index % reasons.length],
  }));
}
