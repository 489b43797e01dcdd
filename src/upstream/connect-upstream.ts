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
} from "./access/index.js";
import type { Credentials, Proxies, ProxyServer, ServiceDirectory } from "./http/index.js";
import { FailureLog, fixedOrigin, loggingFailures, ServiceClient } from "./http/index.js";
import { createUpstream } from "./upstream.js";
import type { Upstream, UpstreamOptions } from "./upstream.js";

/** What the parts are made from. */
export interface Foundation {
  readonly config: Config;
  readonly logger: Logger;
  /** Where the emulator serves; needed with `UPSTREAM=emulator` only. */
  readonly emulatorOrigin?: string | undefined;
  /** Epoch milliseconds: what is kept expires by it. */
  readonly now?: () => number;
}

/**
 * The upstream as it is configured. Nothing is called before the first request.
 *
 * @param options an observer, and what is to differ from the configured resilience
 */
export function connectUpstream(
  foundation: Foundation,
  { resilience, observer = {} }: Pick<UpstreamOptions, "resilience" | "observer"> = {},
): Upstream {
  const { config, logger } = foundation;
  const { directory, close: closeDirectory } = composeDirectory(foundation);
  const proxies = proxiesOf(foundation.config);
  const services = new ServiceClient(directory, proxies);
  const credentials = composeCredentials(foundation, services);
  const upstream = createUpstream({
    directory,
    credentials: config.accounts === "any" ? credentials : forAccounts(credentials, config.accounts),
    apiVersion: config.upstreamApiVersion,
    resilience: { ...config.resilience, ...resilience },
    observer,
    logger,
    proxies,
  });
  const failures = new FailureLog(foundation.logger, foundation.now ?? Date.now);
  return {
    ...upstream,
    statusReasons: loggingFailures(upstream.statusReasons, failures),
    agentView: loggingFailures(upstream.agentView, failures),
    close: async () => {
      await Promise.all([upstream.close(), services.close(), closeDirectory()]);
    },
  };
}

/** The login service as it is configured. */
export function connectLogin(foundation: Foundation): { login: LoginApi; close: () => Promise<void> } {
  const { directory, close } = composeDirectory(foundation);
  const proxies = proxiesOf(foundation.config);
  const services = new ServiceClient(directory, proxies);
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

function composeDirectory({ config, logger, emulatorOrigin, now = Date.now }: Foundation): Directory {
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

function composeCredentials(
  { config, logger, now = Date.now }: Foundation,
  services: ServiceClient,
): Credentials {
  const { credentials, upstreamTimeoutMs: timeoutMs } = config;
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

/** The emulator is in this very process, which no proxy would find. */
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
