import { thisGateway } from "../systems/systems.js";
import { pollers, subscribers } from "./audience.js";
import { measureAudience } from "./measure.js";
import { measureWrites } from "./measure-writes.js";
import { proxy } from "./proxy.js";

/** @import { AudienceResult } from "./measure.js" */
/** @import { WritesResult } from "./measure-writes.js" */
/** @import { LiveOptions } from "./options.js" */

/**
 * @typedef {object} LiveResults
 * @property {AudienceResult[]} subscriptions
 * @property {AudienceResult[]} polling
 * @property {WritesResult} writes
 */

/**
 * @param {LiveOptions} options
 * @returns {Promise<LiveResults>}
 */
export async function runLive(options) {
  const { intervalMs, polls } = options;
  const gateway = thisGateway();
  /** @type {LiveResults} */
  const results = { subscriptions: [], polling: [], writes: await measureWrites(gateway, options) };
  for (const accounts of options.accounts) {
    for (const clients of options.subscribers) {
      const audience = subscribers(clients, accounts, intervalMs);
      results.subscriptions.push(await measureAudience(gateway, audience, polls));
    }
  }
  for (const clients of options.pollers) {
    for (const system of [gateway, proxy]) {
      results.polling.push(await measureAudience(system, pollers(clients, intervalMs), polls));
    }
  }
  return results;
}
