import type { Socket } from "node:net";

import { Agent, Pool, ProxyAgent, buildConnector } from "undici";
import type { Dispatcher } from "undici";
import { LRUCache } from "lru-cache";

import { ProxyPool, proxyOf } from "./proxies.js";
import type { Proxies, ProxyServer } from "./proxies.js";

/** The part of undici's dispatchers that is used. */
export interface UpstreamAgent {
  dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean;
  close(): Promise<void>;
  destroy(): Promise<void>;
}

/** How long a proxy may take to open a tunnel once it is connected, in milliseconds. */
const tunnelTimeoutMs = 10_000;

/** How many origins the choice of an agent is cached for. */
const maxOrigins = 256;

/** How connections are kept. Durations are in milliseconds, sizes in bytes. */
export interface AgentOptions {
  /** How long an idle connection is kept, whatever the upstream offers; 0: each request has one of its own. */
  readonly keepAliveMs: number;
  readonly connectTimeoutMs: number;
  /** The most bytes of a body that are received. */
  readonly maxResponseSize: number;
}

/**
 * Creates an agent that keeps connections to each origin. It has no timeouts of its own: the signal of each request
 * ends it. It follows no redirect, which would send the authorization to another place.
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

/** Sends each request directly or through the proxy of its origin. */
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

/** undici keeps no connection alive where pipelining is 0. */
function keeping(keepAliveMs: number): Agent.Options {
  return keepAliveMs === 0
    ? { pipelining: 0 }
    : { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs };
}

/** Behind a proxy the connector is undici's own. */
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

/** `HTTP/1.1 100`, or another interim response. 101 is none: what follows it is another protocol. */
const interimLine = /^HTTP\/1\.[01] 1(?!01)\d\d$/;
const interimLineLength = "HTTP/1.1 100".length;
const statusIndex = "HTTP/1.1 ".length;
const endOfHeaders = "\r\n\r\n";

/** Bytes of headers: far over those of any response without content. */
const maxHeaderBytes = 16 * 1024;

/**
 * Removes interim responses from what is read from a socket. A server may send `100 Continue` without being asked, also
 * after others, and a client has to read past it (RFC 9110, 15.2); undici drops the connection at it.
 *
 * They are searched at the start of a chunk only, which is where servers send them. No JSON body can hold such a line:
 * a JSON string holds no line break.
 */
function skipInterim(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let partial: Buffer | undefined;
  const readOn = (size?: number): Buffer | null => {
    const chunk = read(size);
    // Hot path: but for a comparison of two bytes, a chunk is passed on unchanged.
    if (chunk === null || (partial === undefined && !isInterim(chunk))) return chunk;
    const rest = withoutInterim(partial === undefined ? chunk : Buffer.concat([partial, chunk]));
    partial = isInterim(rest) && rest.length <= maxHeaderBytes ? rest : undefined;
    return partial === undefined && rest.length > 0 ? rest : readOn(size);
  };
  socket.read = readOn;
}

/** @returns bytes that start with an interim response only where its headers are incomplete */
function withoutInterim(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isInterim(rest)) {
    const end = rest.indexOf(endOfHeaders);
    if (end < 0) break;
    rest = rest.subarray(end + endOfHeaders.length);
  }
  return rest;
}

/** Hot path: every response starts with "H", but only an interim one has a status that starts with 1. */
function isInterim(chunk: Buffer): boolean {
  return (
    chunk[0] === 0x48 &&
    chunk[statusIndex] === 0x31 &&
    interimLine.test(chunk.toString("latin1", 0, interimLineLength))
  );
}
