import { z } from "zod";

import { Secret } from "./secret.js";

/** A proxy that requests leave by. */
export interface ProxyConfig {
  /** Its http(s) origin. */
  readonly origin: string;
  /** The `Proxy-Authorization` header, where the URL has a user. */
  readonly authorization: Secret | undefined;
}

/** Which requests to the upstream leave by which proxy. */
export interface ProxiesConfig {
  /** For http origins; undefined: they are called directly. */
  readonly http: ProxyConfig | undefined;
  /** For https origins; undefined: they are called directly. */
  readonly https: ProxyConfig | undefined;
  /** Hosts that are called directly: names, which stand for those below them too, addresses, subnets, `*` for all. */
  readonly direct: readonly string[];
}

const problem = "must be the http(s) URL of a proxy, such as http://user:password@proxy:3128, without a path";

const proxy = z
  .string()
  .refine((text) => readProxy(text) !== undefined, problem)
  .transform((text) => readProxy(text));

/** How requests leave, by the names that other programs know too; in lower case they count as well, and first. */
export const proxyVariables = {
  HTTPS_PROXY: proxy
    .optional()
    .describe("The proxy for https upstreams; a user and a password in it are kept secret."),
  HTTP_PROXY: proxy.optional().describe("The proxy for http upstreams."),
  NO_PROXY: z
    .string()
    .default("")
    .transform((list) => list.toLowerCase().split(/[\s,]+/))
    .describe("Comma-separated hosts that are called without a proxy; `*` is all."),
};

/** The variables that have a name in lower case too. */
export const proxyNames = Object.keys(proxyVariables) as readonly (keyof typeof proxyVariables)[];

/** @returns the environment with what it says in lower case under the names that are read */
export function withProxyNames(env: Readonly<Record<string, string | undefined>>) {
  const lower = proxyNames.map((name) => [name, env[name.toLowerCase()] ?? env[name]] as const);
  return { ...env, ...Object.fromEntries(lower.filter(([, value]) => value !== undefined)) };
}

/** @param data the variables above, parsed */
export function readProxies(data: {
  readonly HTTP_PROXY?: ProxyConfig | undefined;
  readonly HTTPS_PROXY?: ProxyConfig | undefined;
  readonly NO_PROXY: readonly string[];
}): ProxiesConfig {
  return {
    http: data.HTTP_PROXY,
    https: data.HTTPS_PROXY,
    direct: data.NO_PROXY.filter((host) => host !== ""),
  };
}

/** Without a scheme it is http, as for other programs. */
function readProxy(text: string): ProxyConfig | undefined {
  const written = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(written)) return undefined;
  const { protocol, origin, pathname, search, hash, username, password } = new URL(written);
  const isProxy = (protocol === "http:" || protocol === "https:") && pathname === "/" && search + hash === "";
  if (!isProxy) return undefined;
  try {
    return { origin, authorization: basicOf(decodeURIComponent(username), decodeURIComponent(password)) };
  } catch {
    return undefined;
  }
}

function basicOf(user: string, password: string): Secret | undefined {
  if (user === "" && password === "") return undefined;
  return new Secret(`Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`);
}
