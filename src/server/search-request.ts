import { RequestError } from "./http-errors.js";
import { searchParamsOf } from "./request-checks.js";

/**
 * Reads the GraphQL request in the search parameters of a URL, in the shape of a POST's body.
 *
 * @throws RequestError 400 where a parameter is given more than once, or is not valid JSON where it has to be
 */
export function requestInSearch(url: string): Readonly<Record<string, unknown>> {
  const searchParams = searchParamsOf(url);
  const query = textIn(searchParams, "query");
  const extensions = jsonIn(searchParams, "extensions");
  if (query === null && extensions === null) {
    throw new RequestError(400, "The search parameters have neither a `query` nor a persisted one.");
  }
  return {
    query,
    operationName: textIn(searchParams, "operationName"),
    variables: jsonIn(searchParams, "variables"),
    extensions,
  };
}

/** @throws RequestError 400 where the parameter is given more than once */
export function textIn(search: URLSearchParams, name: string): string | null {
  const [value = null, ...others] = search.getAll(name);
  if (others.length > 0)
    throw new RequestError(400, `The search parameter \`${name}\` is given more than once.`);
  return value;
}

/** @throws RequestError 400 where the parameter is given more than once, or is not valid JSON */
export function jsonIn(search: URLSearchParams, name: string): unknown {
  const text = textIn(search, name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new RequestError(400, `The search parameter \`${name}\` is not valid JSON.`);
  }
}
