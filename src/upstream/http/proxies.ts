import { BlockList, isIP } from "node:net";

import { Pool } from "undici";
import type { Dispatcher } from "undici";

/** A proxy and how to authenticate with it. */
export interface ProxyServer {
  readonly origin: string;
  /** The `Proxy-Authorization` header. */
  readonly authorization: string | undefined;
}

/** The proxy of each protocol, and the hosts that are called directly. */
export interface Proxies {
  readonly http: ProxyServer | undefined;
  readonly https: ProxyServer | undefined;
  /** Hosts that are called directly; see {@link isDirect}. */
  readonly direct: readonly string[];
}

/** The proxy opened no tunnel, so nothing was sent to the upstream. */
export class ProxyError extends Error {
  override readonly name = "ProxyError";

  /** @param code such as `PROXY_407`, the status that it refused with, or `PROXY_ECONNREFUSED` */
  constructor(
    readonly code: string,
    options?: ErrorOptions,
  ) {
    super(`the proxy did not connect: ${code}`, options);
  }
}

/** @returns the proxy that an http(s) origin is called through */
export function proxyOf(origin: string, { http, https, direct }: Proxies): ProxyServer | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const proxy = protocol === "https:" ? https : http;
  const isDefaultPort = port === "";
  const host = { hostname, port: isDefaultPort ? (protocol === "https:" ? "443" : "80") : port };
  return proxy === undefined || direct.some((entry) => isDirect(host, entry)) ? undefined : proxy;
}

/**
 * Whether an entry of NO_PROXY is about a host, as curl understands it: a name stands for itself and all names below
 * it, with or without a dot before it; an address may be a subnet; a port may follow; `*` is every host.
 */
function isDirect({ hostname, port }: { hostname: string; port: string }, entry: string): boolean {
  if (entry === "*") return true;
  const address = hostname.replace(/^\[|\]$/g, "");
  if (entry.includes("/")) return isIn(address, entry);
  const [, name = entry, onlyPort] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const bare = name.replace(/^\*?\.|^\[|\]$/g, "");
  return address === bare || (isIP(address) === 0 && address.endsWith(`.${bare}`));
}

function isIn(address: string, subnet: string): boolean {
  const [net = "", bits = ""] = subnet.split("/");
  const family = isIP(net);
  const isSubnet = family !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
  if (!isSubnet || isIP(address) !== family) return false;
  const name = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(net, Number(bits), name);
  return list.check(address, name);
}

type ConnectOptions = Omit<Dispatcher.ConnectOptions, "origin">;

/**
 * Connections to a proxy. A failure to connect becomes a {@link ProxyError}: undici would retry endlessly where the proxy
 * closes the connection.
 */
export class ProxyPool extends Pool {
  override connect(options: ConnectOptions): Promise<Dispatcher.ConnectData>;
  override connect(
    options: ConnectOptions,
    callback: (error: Error | null, data: Dispatcher.ConnectData) => void,
  ): void;
  override connect(options: ConnectOptions): Promise<Dispatcher.ConnectData> {
    return super.connect(options).then(
      (data) => {
        if (data.statusCode === 200) return data;
        data.socket.on("error", () => undefined).destroy();
        throw new ProxyError(`PROXY_${data.statusCode}`);
      },
      (cause: unknown) => {
        throw new ProxyError(`PROXY_${codeOf(cause)}`, { cause });
      },
    );
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "BROKEN_HTTP";
}
