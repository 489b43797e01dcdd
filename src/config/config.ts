import type { Environment, Flags, ReadEnvironment } from "./environment.js";
import { readEnvironment } from "./environment.js";
import { ConfigError } from "./config-error.js";
import { credentialProblems, readCredentials } from "./credentials.settings.js";
import type { CredentialsConfig } from "./credentials.settings.js";
import { documentProblems } from "./documents.settings.js";
import type { DocumentsConfig } from "./documents.settings.js";
import type { HttpLimits, LiveConfig, QueryLimits } from "./limits.settings.js";
import { nearMisses } from "./near-misses.js";
import type { ProxiesConfig } from "./proxy.settings.js";
import type { Secret } from "./secret.js";
import { production } from "./serving.settings.js";
import { readSharedState } from "./shared-state.settings.js";
import type { SharedStateConfig } from "./shared-state.settings.js";
import { allSettings, settingsSchema, variableNames } from "./settings.js";
import type { SettingValues } from "./settings.js";
import { readDiscovery, readTarget } from "./upstream.settings.js";
import type { DiscoveryConfig, UpstreamTarget } from "./upstream.settings.js";

/** How the gateway stops. Durations are in milliseconds. */
export interface ShutdownConfig {
  /** How long it goes on serving after it says that it is not ready. */
  readonly delayMs: number;
  /** How long requests in flight may take before they are cancelled. */
  readonly timeoutMs: number;
}

/** The gateway's whole configuration. The settings behind it are described in the `*.settings.ts` of this folder. */
export interface Config extends Readonly<Omit<SettingValues["serving"], "mode">> {
  readonly production: boolean;
  readonly upstream: UpstreamTarget;
  readonly upstreamApiVersion: string;
  /** How hosts are found, where `upstream` is `liveperson`. */
  readonly discovery: DiscoveryConfig;
  /** How requests reach the upstream; the emulator is called directly. */
  readonly proxies: ProxiesConfig;
  /** Whose credentials the upstream gets. */
  readonly credentials: CredentialsConfig;
  /** The bearer token of the command `reasons`. */
  readonly bearerToken: Secret | undefined;
  /** How often files of secrets are looked at, in milliseconds; 0: only when asked to. */
  readonly secretsCheckMs: number;
  /** The only accounts that are served. */
  readonly accounts: "any" | readonly string[];
  readonly emulatorPort: number;
  readonly emulatorLively: boolean;
  readonly upstreamTimeoutMs: number;
  readonly resilience: Readonly<Omit<SettingValues["resilience"], "timeoutMs">>;
  /** Which documents are executed. */
  readonly documents: DocumentsConfig;
  readonly queryLimits: QueryLimits;
  readonly httpLimits: HttpLimits;
  readonly live: LiveConfig;
  /** How copies of the gateway share what they learn. */
  readonly sharedState: SharedStateConfig;
  readonly shutdown: ShutdownConfig;
  readonly readyzFailsOnOpenCircuit: boolean;
  /** What in the environment is most likely a mistake, though none that stops the start. */
  readonly warnings: readonly string[];
}

/** The settings as they were read. */
export interface ReadSettings {
  readonly values: SettingValues;
  readonly credentials: CredentialsConfig;
  readonly environment: ReadEnvironment;
}

/**
 * Reads the configuration from the environment, and secrets from the files that it names.
 *
 * @param flags win over the environment
 * @throws ConfigError naming every problem at once
 */
export function readConfig(env: Environment, flags?: Flags): Config {
  const { values, credentials } = readSettings(env, flags);
  const { mode, ...serving } = values.serving;
  const { timeoutMs, ...resilience } = values.resilience;
  const { health, upstream, documents, queryLimits, httpLimits, live, proxies } = values;
  return {
    ...serving,
    production: mode === production,
    upstream: readTarget(upstream),
    upstreamApiVersion: upstream.apiVersion,
    discovery: readDiscovery(upstream),
    proxies,
    credentials,
    bearerToken: values.credentials.bearerToken,
    secretsCheckMs: values.credentials.secretsCheckMs,
    accounts: upstream.accounts ?? "any",
    emulatorPort: upstream.emulatorPort,
    emulatorLively: upstream.emulatorLively,
    upstreamTimeoutMs: timeoutMs,
    resilience,
    documents,
    queryLimits,
    httpLimits,
    live,
    sharedState: readSharedState(values.sharedState),
    shutdown: { delayMs: health.shutdownDelayMs, timeoutMs: health.shutdownTimeoutMs },
    readyzFailsOnOpenCircuit: health.readyzFailsOnOpenCircuit,
    warnings: nearMisses(namesIn(env), variableNames),
  };
}

/** @throws ConfigError naming every problem at once */
export function readSettings(env: Environment, flags?: Flags): ReadSettings {
  const environment = readEnvironment(env, flags);
  const parsed = parseSettings(environment);
  const problems = [...missingIn(environment), ...environment.problems, ...parsed.problems];
  const { credentials: given } = parsed;
  if (given !== undefined) problems.push(...credentialProblems(given, namesIn(env)));
  if (parsed.values !== undefined) problems.push(...documentProblems(parsed.values.documents));
  const credentials = given && readCredentials(given);
  if (parsed.values === undefined || credentials === undefined || problems.length > 0) {
    throw new ConfigError([...new Set(problems)]);
  }
  return { values: parsed.values, credentials, environment };
}

function missingIn({ texts }: ReadEnvironment): string[] {
  if (texts["UPSTREAM"] !== undefined) return [];
  return ["UPSTREAM: must be set when NODE_ENV=production; there is no default upstream in production"];
}

interface ParsedSettings {
  readonly values: SettingValues | undefined;
  /** What is known of the credentials even where other settings are wrong. */
  readonly credentials: SettingValues["credentials"] | undefined;
  readonly problems: readonly string[];
}

function parseSettings({ texts }: ReadEnvironment): ParsedSettings {
  const input = sectionsOf(texts);
  const { data: values, error } = settingsSchema.safeParse(input);
  const credentials = settingsSchema.shape.credentials.safeParse(input.credentials).data;
  const problems = error?.issues.map(({ path, message }) => describeProblem(path, message, texts)) ?? [];
  return { values, credentials, problems };
}

/** The texts by section and key, as the schema has them. */
function sectionsOf(texts: Environment): Record<keyof SettingValues, Environment> {
  const sections = Object.keys(settingsSchema.shape) as (keyof SettingValues)[];
  const entries = sections.map((section) => {
    const settings = allSettings.filter(({ path }) => path[0] === section);
    return [section, Object.fromEntries(settings.map(({ path, name }) => [path[1], texts[name]]))] as const;
  });
  return Object.fromEntries(entries) as Record<keyof SettingValues, Environment>;
}

/** In characters: how much of a rejected value is shown. */
const shownLength = 80;

/** One line, with the value that was rejected, unless it can have a secret in it. */
function describeProblem(issue: readonly PropertyKey[], message: string, texts: Environment): string {
  const [section, key] = issue;
  const setting = allSettings.find(({ path }) => path[0] === section && path[1] === key);
  if (setting === undefined) return `${issue.join(".")}: ${message}`;
  const { name, isSecret } = setting;
  const text = texts[name];
  // A URL with a user may have a password, wherever it is.
  if (text === undefined || isSecret || text.includes("@")) return `${name}: ${message}`;
  const shown = text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
  return `${name}: ${message}, got ${JSON.stringify(shown)}`;
}

/** The variables that are set; an empty one is not. */
function namesIn(env: Environment): string[] {
  return Object.keys(env).filter((name) => env[name]?.trim());
}
