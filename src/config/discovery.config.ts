import { z } from "zod";

import { origin } from "./origin.js";

/** How hosts are found through the Domain API. */
export interface DiscoveryConfig {
  /** The Domain API's origin; what is found is called with its scheme. */
  readonly domainApiUrl: string;
  /** Which hosts may be called: names, addresses, and `*.domain` for every name below a domain. */
  readonly allowedHosts: readonly string[];
  /** Whether this machine itself may be called. */
  readonly allowLoopback: boolean;
  /** How long an answer is kept. */
  readonly ttlMs: number;
}

const livePersonHosts = ["*.liveperson.net", "*.liveperson.com"] as const;

const maxTtlMs = 7 * 24 * 60 * 60 * 1000;

const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const hostPattern = new RegExp(
  `^(?:\\*\\.${label}(?:\\.${label})+|(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::[1-9]\\d{0,4})?)$`,
);

/** A list in one variable. Spaces around the commas do not count. */
const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(item));

/** Where services are, and for whom. */
export const discoveryVariables = {
  DOMAIN_API_URL: origin.default("https://api.liveperson.net").describe("The Domain API's origin."),
  UPSTREAM_ALLOWED_HOSTS: z
    .string()
    .toLowerCase()
    .pipe(
      list(z.string().regex(hostPattern, "must be comma-separated hosts, or *.domain for those below one")),
    )
    .optional()
    .describe("The hosts that discovery may lead to."),
  DISCOVERY_TTL_MS: z
    .string()
    .refine(isTtl, `must be a whole number from 1000 to ${maxTtlMs}`)
    .transform(Number)
    .default(60 * 60 * 1000)
    .describe("How long a host that was looked up is kept, in milliseconds."),
  ACCOUNTS: list(z.string().regex(/^[a-zA-Z0-9_]{1,20}$/, "must be comma-separated account ids"))
    .optional()
    .describe("Comma-separated ids of the only accounts that are served. Any if not set."),
};

/** @param data the variables above, parsed */
export function readDiscovery(data: {
  readonly DOMAIN_API_URL: string;
  readonly UPSTREAM_ALLOWED_HOSTS?: string[] | undefined;
  readonly DISCOVERY_TTL_MS: number;
}): DiscoveryConfig {
  const listed = data.UPSTREAM_ALLOWED_HOSTS;
  return {
    domainApiUrl: data.DOMAIN_API_URL,
    allowedHosts: listed ?? livePersonHosts,
    // A Domain API on this machine is a stand-in, and what it finds is on this machine too.
    allowLoopback: listed === undefined && isLoopbackOrigin(data.DOMAIN_API_URL),
    ttlMs: data.DISCOVERY_TTL_MS,
  };
}

function isTtl(text: string): boolean {
  return /^\d{1,10}$/.test(text) && Number(text) >= 1000 && Number(text) <= maxTtlMs;
}

function isLoopbackOrigin(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}
