import { entityKeys } from "./entities.js";

/**
 * The `getDataID` of Relay's `Environment`. Relay's own takes `id` alone, which other accounts' reasons and agents may
 * have too.
 *
 * @returns nothing for a type without an identity: Relay then identifies it by where it is
 */
export function getDataID(value: Readonly<Record<string, unknown>>, type: string): string | undefined {
  const fields: readonly string[] | undefined = Object.entries(entityKeys).find(
    ([name]) => name === type,
  )?.[1];
  return fields && [type, ...fields.map((field) => String(value[field]))].join(":");
}
