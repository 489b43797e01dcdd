import { Agent, Pool, ProxyAgent, buildConnector } from "undici";
import type { Dispatcher } from "undici";
import { LRUCache } from "lru-cache";

import { skipInterim } from "./interim-responses.js";
import { ProxyPool, proxyOf } from "./proxies.js";
import type { Proxies, ProxyServer } from "./proxies.js";

/** What is used of undici's dispatchers. */
export interface UpstreamAgent {
  dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;
  close(): Promise<void>;
  destroy(): Promise<void>;
}

/** How long a proxy may take to connect us, once it is connected itself. */
const tunnelTimeoutMs = 10_000;

/** For how many origins it is remembered how they are reached. */
const maxOrigins = 256;

/** How connections are kept. Durations are in milliseconds, sizes in bytes. */
export interface AgentOptions {
  /** How long an idle connection is kept, whatever the upstream offers; 0: each request has one of its own. */
  readonly keepAliveMs: number;
  readonly connectTimeoutMs: number;
  /** How much of a body is received at most. */
  readonly maxResponseSize: number;
}

/**
 * Keeps connections to each origin. Time is up when the signal of a request says so, not before.
 * It follows no redirect: an answer that points elsewhere would take the authorization with it.
 */
export function createAgent(options: AgentOptions, proxies?: Proxies): UpstreamAgent {
  const { keepAliveMs, connectTimeoutMs: timeout, maxResponseSize } = options;
  const common = { headersTimeout: 0, bodyTimeout: 0, maxResponseSize, ...keeping(keepAliveMs) };
  const direct = new Agent({ ...common, connect: skippingInterim(buildConnector({ timeout })) });
  if (proxies?.http === undefined && proxies?.https === undefined) return direct;
  const through = ({ origin, authorization }: ProxyServer): UpstreamAgent =>
    new ProxyAgent({
      ...common,
      uri: origin,
      ...(authorization !== undefined && { token: authorization }),
      proxyTls: { timeout },
      clientFactory: (proxy, given) => new ProxyPool(proxy, { ...given, headersTimeout: tunnelTimeoutMs }),
      factory: (upstream, given) => new Pool(upstream, skippingInterimIn(given)),
    });
  return new ProxyingAgent(direct, proxies, through);
}

/** Sends each request by the way that its origin is reached by. */
class ProxyingAgent implements UpstreamAgent {
  readonly #agents = new Map<ProxyServer, UpstreamAgent>();
  readonly #chosen = new LRUCache<string, UpstreamAgent>({ max: maxOrigins });

  constructor(
    private readonly direct: UpstreamAgent,
    private readonly proxies: Proxies,
    through: (proxy: ProxyServer) => UpstreamAgent,
  ) {
    for (const proxy of [proxies.http, proxies.https]) {
      if (proxy !== undefined) this.#agents.set(proxy, through(proxy));
    }
  }

  dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const origin = String(options.origin);
    const agent = this.#chosen.get(origin) ?? this.#choose(origin);
    return agent.dispatch(options, handler);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all().map((agent) => agent.close()));
  }

  async destroy(): Promise<void> {
    await Promise.all(this.#all().map((agent) => agent.destroy()));
  }

  #choose(origin: string): UpstreamAgent {
    const proxy = proxyOf(origin, this.proxies);
    const agent = (proxy && this.#agents.get(proxy)) ?? this.direct;
    this.#chosen.set(origin, agent);
    return agent;
  }

  #all(): UpstreamAgent[] {
    return [this.direct, ...this.#agents.values()];
  }
}

/** No pipelining, in undici, is no keep-alive. */
function keeping(keepAliveMs: number): Agent.Options {
  return keepAliveMs === 0
    ? { pipelining: 0 }
    : { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs };
}

/** The connector of a pool behind a proxy is undici's own. */
function skippingInterimIn(options: Pool.Options): Pool.Options {
  const { connect } = options;
  return typeof connect === "function" ? { ...options, connect: skippingInterim(connect) } : options;
}

function skippingInterim(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...outcome) => {
      const [error, socket] = outcome;
      if (error === null) skipInterim(socket);
      callback(...outcome);
    });
  };
}
