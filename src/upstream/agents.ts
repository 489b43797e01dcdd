import { Agent, buildConnector } from "undici";
import type { Dispatcher } from "undici";

import { skipContinue } from "./interim-responses.js";

/** What is used of undici's dispatchers. */
export type UpstreamAgent = Pick<Dispatcher, "dispatch" | "close" | "destroy">;

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
export function createAgent({ keepAliveMs, connectTimeoutMs, maxResponseSize }: AgentOptions): UpstreamAgent {
  const connect = skippingContinue(buildConnector({ timeout: connectTimeoutMs }));
  return new Agent({ headersTimeout: 0, bodyTimeout: 0, maxResponseSize, connect, ...keeping(keepAliveMs) });
}

/** No pipelining, in undici, is no keep-alive. */
function keeping(keepAliveMs: number): Agent.Options {
  return keepAliveMs === 0
    ? { pipelining: 0 }
    : { keepAliveTimeout: keepAliveMs, keepAliveMaxTimeout: keepAliveMs };
}

function skippingContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...outcome) => {
      const [error, socket] = outcome;
      if (error === null) skipContinue(socket);
      callback(...outcome);
    });
  };
}
