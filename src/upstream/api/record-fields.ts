import { isLosslessNumber } from "lossless-json";

import { decodeId } from "../../lib/index.js";

/** A JSON object of the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** "NA", and anything else that is no id, means that there is no reason. */
export function reasonIdOf(wire: unknown): string | null {
  return decodeId(wire) ?? null;
}

/** Numbers with more digits than a double holds are rounded. */
export function numberOf(wire: unknown): number | null {
  const isLong = typeof wire === "bigint" || isLosslessNumber(wire);
  const number = isLong ? Number(wire) : wire;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function textOf(wire: unknown): string | null {
  return typeof wire === "string" ? wire : null;
}

/** GraphQL's Int has 32 bits. */
export function intOf(wire: unknown): number | null {
  const number = numberOf(wire);
  return number === null || number !== (number | 0) ? null : number;
}
