import { isLoopback, readHost } from "./host.js";
import type { Host, HostProblem } from "./host.js";

const httpsPort = 443;

/** Which hosts may be called. */
export interface AllowedHosts {
  /** Names, addresses (a port may follow), and `*.domain` for every name below a domain, at the usual port. */
  readonly patterns: readonly string[];
  /** Whether this machine itself may be called. */
  readonly loopback: boolean;
}

/** Why a base URI is not called. */
export type Refusal = HostProblem | "address not allowed" | "host not allowed" | "port not allowed";

/** @returns the host to call, or why it is not to be called */
export function allowedHost(baseUri: string, allowed: AllowedHosts): Host | Refusal {
  const host = readHost(baseUri);
  if (typeof host === "string") return host;
  const isAllowed =
    (allowed.loopback && isLoopback(host)) || allowed.patterns.some((pattern) => matches(host, pattern));
  if (isAllowed) return host;
  const isOnlyPort = allowed.patterns.some((pattern) => matches({ ...host, port: undefined }, pattern));
  if (isOnlyPort) return "port not allowed";
  return host.isAddress ? "address not allowed" : "host not allowed";
}

function matches(host: Host, pattern: string): boolean {
  if (pattern.startsWith("*.")) return isBelow(host, pattern.slice(1)) && isUsualPort(host);
  const listed = readHost(pattern);
  if (typeof listed === "string") return false;
  return listed.name === host.name && (listed.port === undefined || listed.port === host.port);
}

function isBelow({ name, isAddress }: Host, domain: string): boolean {
  return !isAddress && name.endsWith(domain);
}

/** HTTPS's default port, explicit or not: other services below the domain are not meant. */
function isUsualPort({ port }: Host): boolean {
  return port === undefined || port === httpsPort;
}
