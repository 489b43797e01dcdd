export { AbortSource, sleep } from "./abort.js";
export type { AbortSignalLike } from "./abort.js";
export { forEachLimited, swapRemove } from "./arrays.js";
export { freezeDeep } from "./freeze.js";
export { requireGraphql } from "./graphql-version.js";
export {
  accountIdPattern,
  accountIdRule,
  compareIds,
  compareOptionalIds,
  decodeId,
  isId,
  isLong,
  parseLong,
} from "./id.js";
export { isJsonObject, mayHoldLong, NotUtf8, parseJson, parseJsonBytes, stringifyJson } from "./json.js";
export { noRouteSchemas } from "./no-route-schemas.js";
export { pick, seededRandom } from "./random.js";
export type { Random } from "./random.js";
export { isSha256, sha256Of } from "./sha256.js";
