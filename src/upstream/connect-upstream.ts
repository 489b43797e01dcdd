import type { Config, ProxyConfig, Secret } from "../config/index.js";
import type { Logger } from "../observability/index.js";
import { AccessTokenApi, LoginApi } from "./api/index.js";
import {
  callerCredentials,
  DiscoveredDirectory,
  DomainApi,
  forAccounts,
  GatewayKeys,
  oauth1Credentials,
  oauth2Credentials,
  replaceableCredentials,
} from "./access/index.js";
import type { Credentials, Proxies, ProxyServer, ServiceDirectory } from "./http/index.js";
import { FailureLog, fixedOrigin, loggingFailures, ServiceClient } from "./http/index.js";
import { createUpstream } from "./upstream.js";
import type { Upstream, UpstreamOptions } from "./upstream.js";

export interface ConnectOptions {
  readonly config: Config;
  readonly logger: Logger;
  /** The emulator's origin; needed with `UPSTREAM=emulator` only. */
  readonly emulatorOrigin?: string | undefined;
  /** The clock that cached hosts and tokens expire by and that windows go by, in epoch milliseconds. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** The upstream's clients, whose own credentials can be replaced. */
export interface ConnectedUpstream extends Upstream {
  /** @param credentials of the kind that there is */
  replaceCredentials(credentials: Config["credentials"]): void;
}

/** Creates the upstream's clients as they are configured. No connection is opened before the first request. */
export function connectUpstream(
  options: ConnectOptions & Pick<UpstreamOptions, "resilience" | "observer" | "sharedState">,
): ConnectedUpstream {
  const { config, logger, now = Date.now, resilience, observer = {}, sharedState } = options;
  const { directory, close: closeDirectory } = createDirectory(options);
  const proxies = proxiesOf(config);
  const services = new ServiceClient(directory, proxies);
  const replaceable = replaceableCredentials(createCredentials(config.credentials, options, services));
  const { credentials } = replaceable;
  const upstream = createUpstream({
    directory,
    credentials: config.accounts === "any" ? credentials : forAccounts(credentials, config.accounts),
    apiVersion: config.upstreamApiVersion,
    resilience: { ...config.resilience, ...resilience },
    observer,
    logger,
    proxies,
    sharedState,
    now,
  });
  const failures = new FailureLog(logger, now);
  return {
    ...upstream,
    statusReasons: loggingFailures(upstream.statusReasons, failures),
    agentView: loggingFailures(upstream.agentView, failures),
    agentActivity: loggingFailures(upstream.agentActivity, failures),
    replaceCredentials: (next) => {
      replaceable.replace(createCredentials(next, options, services));
    },
    close: async () => {
      await Promise.all([upstream.close(), services.close(), closeDirectory()]);
    },
  };
}

/** Creates the client of the login service as it is configured. */
export function connectLogin(options: ConnectOptions): { login: LoginApi; close: () => Promise<void> } {
  const { directory, close } = createDirectory(options);
  const services = new ServiceClient(directory, proxiesOf(options.config));
  return {
    login: new LoginApi(services),
    close: async () => {
      await Promise.all([services.close(), close()]);
    },
  };
}

interface Directory {
  readonly directory: ServiceDirectory;
  readonly close: () => Promise<void>;
}

function createDirectory({ config, logger, emulatorOrigin, now = Date.now }: ConnectOptions): Directory {
  const { upstream, discovery, upstreamTimeoutMs: timeoutMs } = config;
  if (upstream.kind !== "liveperson") {
    const origin = upstream.kind === "origin" ? upstream.origin : emulatorOrigin;
    if (origin === undefined) throw new Error("the emulator is not running");
    return { directory: fixedOrigin(origin), close: () => Promise.resolve() };
  }
  const { domainApiUrl, allowedHosts: patterns, allowLoopback: loopback, ttlMs } = discovery;
  const domain = new DomainApi(domainApiUrl, proxiesOf(config));
  const { protocol } = new URL(domainApiUrl);
  const allowed = { patterns, loopback };
  return {
    directory: new DiscoveredDirectory({ domain, protocol, allowed, ttlMs, timeoutMs, now, logger }),
    close: () => domain.close(),
  };
}

function createCredentials(
  credentials: Config["credentials"],
  { config, logger, now = Date.now }: ConnectOptions,
  services: ServiceClient,
): Credentials {
  const { upstreamTimeoutMs: timeoutMs } = config;
  if (credentials.kind === "caller") return callerCredentials;
  const keys = new GatewayKeys(credentials.gatewayApiKeys.map(reveal));
  if (credentials.kind === "oauth2") {
    const { clientId, clientSecret } = credentials;
    const client = { clientId, clientSecret: clientSecret.reveal() };
    return oauth2Credentials({
      tokens: new AccessTokenApi(services, now),
      client,
      keys,
      timeoutMs,
      now,
      logger,
    });
  }
  const key = {
    appKey: credentials.appKey.reveal(),
    appSecret: credentials.appSecret.reveal(),
    accessToken: credentials.accessToken.reveal(),
    accessTokenSecret: credentials.accessTokenSecret.reveal(),
  };
  return oauth1Credentials({ key, keys, now });
}

/** No proxy for the emulator, which runs in this process. */
function proxiesOf({ upstream, proxies }: Config): Proxies | undefined {
  if (upstream.kind === "emulator") return undefined;
  return { ...proxies, http: proxyOf(proxies.http), https: proxyOf(proxies.https) };
}

function proxyOf(proxy: ProxyConfig | undefined): ProxyServer | undefined {
  return proxy && { origin: proxy.origin, authorization: proxy.authorization?.reveal() };
}

function reveal(secret: Secret): string {
  return secret.reveal();
}
