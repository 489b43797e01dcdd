import * as z from "zod";

import { Secret } from "./secret.js";

/** A proxy for requests to the upstream. */
export interface ProxyConfig {
  /** Its http(s) origin. */
  readonly origin: string;
  /** The `Proxy-Authorization` header, where the URL has a user. */
  readonly authorization: Secret | undefined;
}

/** Which requests to the upstream go through which proxy. */
export interface ProxiesConfig {
  /** For http origins; undefined: they are called directly. */
  readonly http?: ProxyConfig | undefined;
  /** For https origins; undefined: they are called directly. */
  readonly https?: ProxyConfig | undefined;
  /** Hosts that are called directly: names, which stand for those below them too, addresses, subnets, `*` for all. */
  readonly direct: readonly string[];
}

const problem = "must be the http(s) URL of a proxy, such as http://user:password@proxy:3128, without a path";

const proxy = z
  .string()
  .refine((value) => readProxy(value) !== undefined, problem)
  .transform((value) => readProxy(value))
  .meta({ type: "string", values: "the http(s) URL of a proxy" });

export const proxies = z
  .object({
    https: proxy.optional().meta({
      name: "HTTPS_PROXY",
      isSecret: true,
      description: "The proxy for https upstreams; a user and a password in it are kept secret.",
    }),
    http: proxy.optional().meta({
      name: "HTTP_PROXY",
      isSecret: true,
      description: "The proxy for http upstreams.",
    }),
    direct: z
      .string()
      .transform((hosts) =>
        hosts
          .toLowerCase()
          .split(/[\s,]+/)
          .filter((host) => host !== ""),
      )
      .meta({ type: "string", values: "comma-separated hosts, subnets, or `*` for all" })
      .default([])
      .meta({ name: "NO_PROXY", description: "The hosts that are called without a proxy." }),
  })
  .meta({ title: "Proxies" });

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
