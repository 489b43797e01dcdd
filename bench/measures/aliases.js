import { aliasedAgents, aliasedReasons } from "../aliases.js";

/** @import { Service } from "../systems/service.js" */
/** @import { Upstream } from "../upstream/upstream.js" */

/** @typedef {{ system: string, operation: string, calls: number }} AliasResult */

const fewAliases = 2;
const manyAliases = 1000;

/**
 * How often the gateway calls the upstream for few and for many aliases of one field.
 *
 * @param {readonly Service[]} gateways
 * @param {Upstream} upstream
 * @returns {Promise<AliasResult[]>}
 * @throws {Error} where many aliases cost more calls than few
 */
export async function countCallsOfAliases(gateways, upstream) {
  /** @type {AliasResult[]} */
  const results = [];
  for (const service of gateways) {
    for (const aliased of [aliasedReasons, aliasedAgents]) {
      const [few, many] = [aliased(fewAliases), aliased(manyAliases)];
      const callsOfFew = await upstream.callsDuring(() => service.check(few));
      const callsOfMany = await upstream.callsDuring(() => service.check(many));
      const system = service.system.name;
      results.push(
        { system, operation: few.title, calls: callsOfFew },
        { system, operation: many.title, calls: callsOfMany },
      );
      if (callsOfMany > callsOfFew)
        throw new Error(`${system}, ${many.title}: ${callsOfMany} upstream calls`);
    }
  }
  return results;
}
