import * as z from "zod";

import { accountIdPattern } from "../lib/index.js";
import { flag, integer, list, milliseconds, origin, text } from "./setting-types.js";

/** Where the upstream is. */
export type UpstreamTarget =
  | { readonly kind: "emulator" }
  /** The real service, or a stand-in that has a Domain API: hosts are discovered. */
  | { readonly kind: "liveperson" }
  /** Every service at this one origin, without discovery. */
  | { readonly kind: "origin"; readonly origin: string };

/** How hosts are found through the Domain API. */
export interface DiscoveryConfig {
  /** The Domain API's origin; discovered hosts are called with its scheme. */
  readonly domainApiUrl: string;
  /** Which hosts may be called: names, addresses, and `*.domain` for every name below a domain. */
  readonly allowedHosts: readonly string[];
  /** Whether this machine itself may be called. */
  readonly allowLoopback: boolean;
  /** How long a discovered host is kept, in milliseconds. */
  readonly ttlMs: number;
}

const livePersonHosts = ["*.liveperson.net", "*.liveperson.com"] as const;

const dayMs = 24 * 60 * 60 * 1000;

const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
const hostPattern = new RegExp(
  `^(?:\\*\\.${label}(?:\\.${label})+|(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])(?::[1-9]\\d{0,4})?)$`,
);

const host = z
  .string()
  .toLowerCase()
  .regex(hostPattern, "must be comma-separated hosts, or *.domain for those below one");

export const upstream = z
  .object({
    target: z
      .union(
        [z.literal("emulator"), z.literal("liveperson"), origin],
        "must be `emulator`, `liveperson` or an http(s) origin without a path",
      )
      .meta({
        type: `"emulator" | "liveperson" | (string & {})`,
        values: "`emulator`, `liveperson`, or an http(s) origin",
      })
      .optional()
      .meta({
        name: "UPSTREAM",
        outsideProduction: "emulator",
        whenUnset: "must be set",
        description:
          "Where the upstream is. `emulator`: the built-in emulator; `liveperson`: at the hosts that the Domain API names for each account; an origin: every service at that origin.",
      }),
    accounts: list(
      z.string().regex(accountIdPattern, "must be comma-separated account ids"),
      "comma-separated account ids",
    )
      .optional()
      .meta({ name: "ACCOUNTS", whenUnset: "any", description: "The only accounts that are served." }),
    domainApiUrl: origin.default("https://api.liveperson.net").meta({
      name: "DOMAIN_API_URL",
      description: "The Domain API's origin; discovered hosts are called with its scheme.",
    }),
    allowedHosts: list(host, "comma-separated hosts with or without a port, or `*.domain`")
      .optional()
      .meta({
        name: "UPSTREAM_ALLOWED_HOSTS",
        whenUnset: livePersonHosts.join(","),
        description:
          "The hosts that discovery may lead to; `*.domain` allows port 443 only. If it is not set and `DOMAIN_API_URL` is on this machine, this machine is allowed too.",
      }),
    discoveryTtlMs: milliseconds(1000, 7 * dayMs)
      .default(60 * 60 * 1000)
      .meta({ name: "DISCOVERY_TTL_MS", description: "How long a discovered host is kept." }),
    apiVersion: text("a version")
      .regex(/^\d{1,3}\.\d{1,3}$/, "must be a version such as 1.0")
      .default("1.0")
      .meta({ name: "UPSTREAM_API_VERSION", description: "The `v` parameter of every upstream call." }),
    emulatorPort: integer(0, 65_535).default(0).meta({
      name: "EMULATOR_PORT",
      description: "The port that the emulator listens on; 0 takes any free one.",
    }),
    emulatorLively: flag.default(false).meta({
      name: "EMULATOR_LIVELY",
      outsideProduction: "true",
      notInTests: true,
      description: "Whether agents of the emulator's main account change by themselves.",
    }),
  })
  .meta({ title: "The upstream" });

export const resilience = z
  .object({
    timeoutMs: milliseconds(1, 600_000).default(10_000).meta({
      name: "UPSTREAM_TIMEOUT_MS",
      description: "The deadline for all upstream work of one request.",
    }),
    maxAttempts: integer(1, 10).default(3).meta({
      name: "UPSTREAM_ATTEMPTS",
      description: "How often a call is sent at most, the first time included; 1 turns retries off.",
    }),
    maxConcurrency: integer(1, 10_000).default(64).meta({
      name: "UPSTREAM_MAX_CONCURRENCY",
      description: "Concurrent calls to one upstream host.",
    }),
    accountCallsPerSecond: integer(1, 1_000_000).optional().meta({
      name: "ACCOUNT_MAX_CALLS_PER_SECOND",
      whenUnset: "no limit",
      description:
        "How many calls to one account may begin within a second, over all copies that share a Redis; further ones wait, as long as their deadline allows.",
    }),
    maxQueue: integer(0, 100_000).default(1024).meta({
      name: "UPSTREAM_MAX_QUEUE",
      description: "Calls that wait for one upstream host; further ones are refused.",
    }),
    circuitFailures: integer(1, 1_000_000).default(30).meta({
      name: "UPSTREAM_CIRCUIT_FAILURES",
      description:
        "Consecutive failures (5xx, time-outs, broken connections) that open an upstream host's circuit.",
    }),
    circuitOpenMs: milliseconds(1, 600_000).default(5_000).meta({
      name: "UPSTREAM_CIRCUIT_OPEN_MS",
      description: "How long an open circuit refuses calls before it lets one through.",
    }),
  })
  .meta({ title: "Deadlines, retries, circuits" });

/** Of all of them but the deadline, which each request has anew. */
export const resilienceDefaults = resilience.omit({ timeoutMs: true }).parse({});

export function readTarget({ target = "emulator" }: z.output<typeof upstream>): UpstreamTarget {
  if (target === "emulator" || target === "liveperson") return { kind: target };
  return { kind: "origin", origin: target };
}

export function readDiscovery(settings: z.output<typeof upstream>): DiscoveryConfig {
  const { domainApiUrl, allowedHosts, discoveryTtlMs } = settings;
  return {
    domainApiUrl,
    allowedHosts: allowedHosts ?? livePersonHosts,
    // A Domain API on this machine is a stand-in, and so are the hosts that it names.
    allowLoopback: allowedHosts === undefined && isLoopbackOrigin(domainApiUrl),
    ttlMs: discoveryTtlMs,
  };
}

function isLoopbackOrigin(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}
