import type { KeyingConfig } from "@urql/exchange-graphcache";

import { embeddedTypes, entityKeys } from "./entities.js";

const ofEntities: KeyingConfig = Object.fromEntries(
  Object.entries(entityKeys).map(([type, fields]) => [
    type,
    (data: Readonly<Record<string, unknown>>) => fields.map((field) => String(data[field])).join(":"),
  ]),
);

const ofEmbedded: KeyingConfig = Object.fromEntries(embeddedTypes.map((type) => [type, () => null]));

/** The `keys` of urql's `cacheExchange` of `@urql/exchange-graphcache` for the types of the gateway. */
export const keys: KeyingConfig = { ...ofEntities, ...ofEmbedded };
