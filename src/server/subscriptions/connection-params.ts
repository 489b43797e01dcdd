import { isJsonObject } from "../../lib/index.js";

const name = "authorization";

/**
 * The token in the payload of a `connection_init`, where browsers put what would be a header: as `Authorization`, in
 * any case, or as such in `headers`.
 */
export function authorizationIn(params: unknown): string | undefined {
  if (!isJsonObject(params)) return undefined;
  return headerIn(params) ?? (isJsonObject(params["headers"]) ? headerIn(params["headers"]) : undefined);
}

function headerIn(headers: Readonly<Record<string, unknown>>): string | undefined {
  const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
  return typeof value === "string" ? value : undefined;
}
