import type { IncomingHttpHeaders, RequestListener } from "node:http";

import type { ApolloServerPlugin } from "@apollo/server";

import type { Config } from "../config/index.js";
import type { GatewayContext } from "../graphql/index.js";
import { AnswerHeads } from "./answer-heads.js";
import type { AnswerHeaders } from "./answer-heads.js";
import type { FastPathHost } from "./host.js";
import { KnownFront } from "./known-front.js";
import { KnownOperations } from "./known-operations.js";
import { knownOperationsPlugin } from "./known-operations.plugin.js";

type FastPathConfig = Pick<Config, "compiledOperations" | "queryLimits" | "httpLimits">;

/**
 * Answers queries that come again without Fastify and Apollo, as those would. An extension of the server: it learns
 * from what Apollo answers, stands in front of Fastify, and hands over whatever is not as usual.
 */
export class FastPath {
  readonly #heads = new AnswerHeads();
  #known: KnownOperations | undefined;

  constructor(private readonly config: FastPathConfig) {}

  plugins(host: FastPathHost): ApolloServerPlugin<GatewayContext>[] {
    return [knownOperationsPlugin(this.#knownOf(host))];
  }

  wrap(listener: RequestListener, host: FastPathHost): RequestListener {
    const { httpLimits } = this.config;
    const front = new KnownFront({ host, known: this.#knownOf(host), heads: this.#heads, httpLimits });
    return front.listener(listener);
  }

  answered(request: IncomingHttpHeaders, response: AnswerHeaders): void {
    this.#heads.learn(request, response);
  }

  #knownOf({ prepareReport }: FastPathHost): KnownOperations {
    const { compiledOperations, queryLimits } = this.config;
    return (this.#known ??= new KnownOperations(compiledOperations, queryLimits, prepareReport));
  }
}

/** @returns none where it is turned off, so that Apollo and graphql-js answer everything */
export function fastPath(config: FastPathConfig): FastPath[] {
  return config.compiledOperations === 0 ? [] : [new FastPath(config)];
}
