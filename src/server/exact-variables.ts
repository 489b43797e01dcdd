import { parseJson } from "../lib/index.js";

/**
 * Rewrites the URL of a GET request whose variables contain an integer beyond 2^53 to a string of its exact digits, as in
 * the body of a POST. Apollo's JSON.parse would round it.
 */
export function withExactVariables(url: string): string {
  const start = url.indexOf("?") + 1;
  if (start === 0 || !/\d{16}/.test(url)) return url;
  const search = new URLSearchParams(url.slice(start));
  const [variables, ...others] = search.getAll("variables");
  if (variables === undefined || others.length > 0) return url;
  try {
    search.set("variables", JSON.stringify(parseJson(variables, String)));
  } catch {
    return url;
  }
  return `${url.slice(0, start)}${search.toString()}`;
}
