import { isIPv4, isIPv6 } from "node:net";

/** A host and perhaps a port, in the one spelling it is compared and called by. */
export interface Host {
  /** Lower case; an IPv6 address is in brackets. */
  readonly name: string;
  /** undefined: the scheme's own. */
  readonly port: number | undefined;
  readonly isAddress: boolean;
}

/** Why a text is not a bare host. */
export type HostProblem =
  | "empty"
  | "whitespace or control characters"
  | "scheme"
  | "credentials"
  | "path"
  | "not ASCII"
  | "internationalised name"
  | "port"
  | "malformed";

/** The longest name DNS has. */
const maxNameLength = 253;

/** Parts that a bare host must not have, the most telling problem first. */
const foreignParts: readonly (readonly [RegExp, HostProblem])[] = [
  [/^$/, "empty"],
  [/[\s\p{C}]/u, "whitespace or control characters"],
  [/^[a-z][a-z0-9+.-]*:\/\/|^\/\//i, "scheme"],
  [/@/, "credentials"],
  [/[/\\?#%]/, "path"],
  [/[^\x21-\x7e]/, "not ASCII"],
  [/(^|\.)xn--/i, "internationalised name"],
];

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const dnsName = new RegExp(`^${label}(?:\\.${label})*$`);
/** A last label that makes URL parsers read the host as an IPv4 address in numeric form. */
const numericEnd = /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/;

/** Parses a bare host, as the Domain API returns them, strictly: nothing is corrected or guessed. */
export function readHost(text: string): Host | HostProblem {
  const foreign = foreignParts.find(([pattern]) => pattern.test(text));
  if (foreign !== undefined) return foreign[1];
  const [, name = "", colon, digits = ""] = /^(\[[^\]]*\]|[^:]*)(:)?(.*)$/.exec(text.toLowerCase()) ?? [];
  const port = colon === undefined ? undefined : readPort(digits);
  if (port === null || (colon === undefined && digits !== "")) return "port";
  const host = { name, port, isAddress: isAddress(name) };
  return isName(host) && isSameInUrls(host) ? host : "malformed";
}

/** The host as it stands in a URL. */
export function writeHost({ name, port }: Host): string {
  return port === undefined ? name : `${name}:${port}`;
}

/** Whether a host is this machine. */
export function isLoopback({ name }: Host): boolean {
  return name === "localhost" || name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
}

/** @returns null where it is none */
function readPort(digits: string): number | null {
  const port = /^[1-9]\d{0,4}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : null;
}

function isAddress(name: string): boolean {
  return isIPv4(name) || (/^\[.*\]$/.test(name) && isIPv6(name.slice(1, -1)));
}

function isName({ name, isAddress: isGood }: Host): boolean {
  return isGood || (name.length <= maxNameLength && dnsName.test(name) && !numericEnd.test(name));
}

/** Whether the URL parser of the HTTP client sees the same host as was checked here. */
function isSameInUrls({ name }: Host): boolean {
  return URL.canParse(`http://${name}/`) && new URL(`http://${name}/`).hostname === name;
}
