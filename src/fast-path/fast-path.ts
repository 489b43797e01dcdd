import type { IncomingHttpHeaders, RequestListener } from "node:http";

import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";

import type { Config } from "../config/index.js";
import type { GatewayContext } from "../graphql/index.js";
import { CompiledOperations } from "./compiled-operations.js";
import type { FastPathHost } from "./host.js";
import { FastListener } from "./listener.js";
import { ResponseHeaderCache } from "./response-header-cache.js";
import type { ResponseHeaders } from "./response-header-cache.js";

type FastPathConfig = Pick<Config, "compiledOperations" | "queryLimits" | "httpLimits">;

/**
 * Handles repeated queries without Fastify and Apollo, with the same responses. An extension of the server: it learns
 * from Apollo's results, listens in front of Fastify, and passes on every other request.
 */
export class FastPath {
  readonly #headers = new ResponseHeaderCache();
  #operations: CompiledOperations | undefined;

  constructor(private readonly config: FastPathConfig) {}

  plugins(host: FastPathHost): ApolloServerPlugin<GatewayContext>[] {
    return [learningPlugin(this.#operationsOf(host))];
  }

  wrap(listener: RequestListener, host: FastPathHost): RequestListener {
    const { httpLimits } = this.config;
    const operations = this.#operationsOf(host);
    return new FastListener({ host, operations, headers: this.#headers, httpLimits }).wrap(listener);
  }

  onResponse(request: IncomingHttpHeaders, response: ResponseHeaders): void {
    this.#headers.learn(request, response);
  }

  #operationsOf({ prepareReport }: FastPathHost): CompiledOperations {
    const { compiledOperations, queryLimits } = this.config;
    return (this.#operations ??= new CompiledOperations(compiledOperations, queryLimits, prepareReport));
  }
}

/** @returns none where it is disabled: Apollo and graphql-js execute everything then */
export function fastPath(config: FastPathConfig): FastPath[] {
  return config.compiledOperations === 0 ? [] : [new FastPath(config)];
}

function learningPlugin(operations: CompiledOperations): ApolloServerPlugin<GatewayContext> {
  const listener: GraphQLRequestListener<GatewayContext> = {
    willSendResponse: (request) => {
      operations.learn(request);
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
