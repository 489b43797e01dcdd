import { z } from "zod";

import { readCredentials, credentialVariables, secretNames } from "./credentials.config.js";
import type { CredentialsConfig } from "./credentials.config.js";
import { discoveryVariables, readDiscovery } from "./discovery.config.js";
import type { DiscoveryConfig } from "./discovery.config.js";
import { nearMisses } from "./near-misses.js";
import { origin } from "./origin.js";
import { protectionConfig, protectionVariables } from "./protection.js";
import type { ProtectionConfig } from "./protection.js";
import { proxyVariables, readProxies, withProxyNames } from "./proxy.config.js";
import type { ProxiesConfig } from "./proxy.config.js";
import { readSecretFiles } from "./secret-files.js";
import { flag, integer } from "./values.js";

export type { HttpLimits, ProtectionConfig, QueryLimits, ShutdownConfig } from "./protection.js";

/** Where the upstream is. */
export type UpstreamTarget =
  | { readonly kind: "emulator" }
  /** The real service, or what behaves like it: hosts found through the Domain API. */
  | { readonly kind: "liveperson" }
  /** Every service at this one origin, without discovery. */
  | { readonly kind: "origin"; readonly origin: string };

/** The gateway's whole configuration. Durations are in milliseconds. */
export interface Config extends ProtectionConfig {
  readonly production: boolean;
  /** Whether `_service { sdl }` is answered. */
  readonly showsSdl: boolean;
  readonly host: string;
  /** 0: a free port. */
  readonly port: number;
  readonly upstream: UpstreamTarget;
  /** How hosts are found, where `upstream` says so. */
  readonly discovery: DiscoveryConfig;
  /** How requests leave for the upstream; the emulator is called directly. */
  readonly proxies: ProxiesConfig;
  /** Whose name the upstream is called in. */
  readonly credentials: CredentialsConfig;
  /** The only accounts that are served. */
  readonly accounts: "any" | readonly string[];
  /** Where the emulator listens; 0: a free port. */
  readonly emulatorPort: number;
  /** The `v` parameter of the upstream's API. */
  readonly upstreamApiVersion: string;
  /** Deadline for all upstream work of one GraphQL request. */
  readonly upstreamTimeoutMs: number;
  /** How the upstream is spared and how its failures are borne. */
  readonly resilience: {
    /** How often a call is sent at most, the first time included. */
    readonly maxAttempts: number;
    /** Calls to one upstream host at the same time. */
    readonly maxConcurrency: number;
    /** Calls that wait for their turn at one upstream host. */
    readonly maxQueue: number;
    /** Failures in a row that open an upstream host's circuit. */
    readonly circuitFailures: number;
    readonly circuitOpenMs: number;
  };
  /** Origins that browsers may call from. */
  readonly corsOrigins: "any" | readonly string[];
  /** How many queries that were answered before are kept compiled; 0: none. */
  readonly compiledOperations: number;
  readonly logLevel: (typeof logLevels)[number];
  /** What about the environment is most likely a mistake, though not one that stops the start. */
  readonly warnings: readonly string[];
}

/** Says everything that is wrong with the environment, one line a problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  /**
   * @param problems one line each
   * @param code the system's code, such as `EADDRINUSE`, where the system refused a setting
   */
  constructor(
    readonly problems: readonly string[],
    readonly code?: string,
  ) {
    super(problems.join("\n"));
  }
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const originList = z
  .string()
  .transform((list) => list.split(",").map((item) => item.trim()))
  .pipe(z.array(z.union([z.literal("*"), origin], "must be comma-separated http(s) origins, or *")));

const upstreamTarget = z.union(
  [
    z.literal("emulator").transform(() => ({ kind: "emulator" }) as const),
    z.literal("liveperson").transform(() => ({ kind: "liveperson" }) as const),
    origin.transform((value) => ({ kind: "origin", origin: value }) as const),
  ],
  "must be `emulator`, `liveperson` or an http(s) origin without a path",
);

/** Every variable that is read, by its name; the descriptions are the documentation. */
export const variables = z.object({
  NODE_ENV: z
    .enum(["production", "development", "test"], "must be production, development or test, if set")
    .optional()
    .describe("`production` turns off introspection and the explorers."),
  SUBGRAPH_SDL: flag
    .optional()
    .describe("Whether `_service { sdl }` is answered. If not set, outside production only."),
  HOST: z.string().default("127.0.0.1").describe("The address it listens on."),
  PORT: integer(0, 65_535).default(4000).describe("The port it listens on; 0 takes any free one."),
  UPSTREAM: upstreamTarget
    .optional()
    .describe(
      "`emulator`, `liveperson`, or the http(s) origin of every upstream service. `emulator` if not set, outside production.",
    ),
  EMULATOR_PORT: integer(0, 65_535).default(0).describe("The emulator's port; 0 takes any free one."),
  UPSTREAM_API_VERSION: z
    .string()
    .regex(/^\d{1,3}\.\d{1,3}$/, "must be a version such as 1.0")
    .default("1.0")
    .describe("The `v` parameter of every upstream call."),
  UPSTREAM_TIMEOUT_MS: integer(1, 600_000)
    .default(10_000)
    .describe("Deadline for all upstream work of one request, in milliseconds."),
  UPSTREAM_ATTEMPTS: integer(1, 10)
    .default(3)
    .describe("How often a call is sent at most, the first time included; 1 turns retries off."),
  UPSTREAM_MAX_CONCURRENCY: integer(1, 10_000)
    .default(64)
    .describe("Calls to one upstream host at the same time."),
  UPSTREAM_MAX_QUEUE: integer(0, 100_000)
    .default(1024)
    .describe("Calls that wait for their turn at one upstream host; what comes then is refused."),
  UPSTREAM_CIRCUIT_FAILURES: integer(1, 1_000_000)
    .default(30)
    .describe("5xx, time-outs and broken connections in a row that open an upstream host's circuit."),
  UPSTREAM_CIRCUIT_OPEN_MS: integer(1, 600_000)
    .default(5_000)
    .describe("How long an open circuit refuses calls before it lets one through, in milliseconds."),
  CORS_ORIGINS: originList
    .optional()
    .describe(
      "Comma-separated origins that browsers may call from; `*` is any. Any if not set, in production none.",
    ),
  COMPILED_OPERATIONS: integer(0, 100_000)
    .default(1_000)
    .describe("How many queries that were answered before are kept compiled; 0 turns that off."),
  LOG_LEVEL: z
    .enum(logLevels, `must be one of ${logLevels.join(", ")}`)
    .default("info")
    .describe("The least level that is logged."),
  ...discoveryVariables,
  ...proxyVariables,
  ...credentialVariables,
  ...protectionVariables,
});

/** Every variable that is read, those of secrets and their files included. */
export const settingNames: readonly string[] = [
  ...Object.keys(variables.shape),
  ...secretNames.flatMap((name) => [name, `${name}_FILE`]),
];

/**
 * Reads the configuration from the environment, and secrets from the files it names. An empty variable
 * counts as not set.
 *
 * @throws ConfigError naming every problem at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const { set, problems: unreadable } = readSecretFiles(withProxyNames(given));
  const parsed = variables.safeParse(set);
  const production = set["NODE_ENV"] === "production";
  const { credentials, problems: incomplete } = readCredentials(set);
  const wrong = parsed.error?.issues.map(({ path, message }) => `${path[0]?.toString() ?? ""}: ${message}`);
  const missing =
    production && set["UPSTREAM"] === undefined
      ? ["UPSTREAM: must be set when NODE_ENV=production; there is no default upstream in production"]
      : [];
  const problems = [...missing, ...unreadable, ...(wrong ?? []), ...incomplete];
  if (!parsed.success || credentials === undefined || problems.length > 0) {
    throw new ConfigError([...new Set(problems)]);
  }

  const { data } = parsed;
  return {
    production,
    showsSdl: data.SUBGRAPH_SDL ?? !production,
    host: data.HOST,
    port: data.PORT,
    upstream: data.UPSTREAM ?? { kind: "emulator" },
    discovery: readDiscovery(data),
    proxies: readProxies(data),
    credentials,
    accounts: data.ACCOUNTS ?? "any",
    emulatorPort: data.EMULATOR_PORT,
    upstreamApiVersion: data.UPSTREAM_API_VERSION,
    upstreamTimeoutMs: data.UPSTREAM_TIMEOUT_MS,
    resilience: {
      maxAttempts: data.UPSTREAM_ATTEMPTS,
      maxConcurrency: data.UPSTREAM_MAX_CONCURRENCY,
      maxQueue: data.UPSTREAM_MAX_QUEUE,
      circuitFailures: data.UPSTREAM_CIRCUIT_FAILURES,
      circuitOpenMs: data.UPSTREAM_CIRCUIT_OPEN_MS,
    },
    corsOrigins: corsOrigins(data.CORS_ORIGINS, production),
    compiledOperations: data.COMPILED_OPERATIONS,
    logLevel: data.LOG_LEVEL,
    warnings: nearMisses(Object.keys(given), settingNames),
    ...protectionConfig(data),
  };
}

function corsOrigins(configured: readonly string[] | undefined, production: boolean): Config["corsOrigins"] {
  if (configured === undefined) return production ? [] : "any";
  return configured.includes("*") ? "any" : configured;
}
