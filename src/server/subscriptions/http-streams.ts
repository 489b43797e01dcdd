import { HeaderMap } from "@apollo/server";
import type { ApolloServer, HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FormattedExecutionResult } from "graphql";

import type { GatewayContext, SubscriptionSlot } from "../../graphql/index.js";
import { isJsonObject, AbortSource } from "../../lib/index.js";
import { CallCancelled } from "../../upstream/http/index.js";
import { callerOf } from "../request-context.js";
import type { ScopeOf } from "../request-scope.js";
import { requestInSearch } from "../search-request.js";
import type { AcceptedFormat } from "./accepted-format.js";
import type { Operations } from "./operations.js";
import { Payload } from "./payload.js";
import { SingleResult } from "./results.js";
import type { Results } from "./results.js";
import { StreamBody } from "./stream-body.js";
import type { StreamParts } from "./stream-body.js";

/** The parts that serve requests with a streamed response. */
export interface HttpStreamParts extends StreamParts {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly operations: Operations;
  readonly scopeOf: ScopeOf;
}

/**
 * Serves GraphQL requests of clients that accept a streamed response. Apollo checks them like all other requests, and
 * executes queries and mutations.
 */
export class HttpStreams {
  constructor(private readonly parts: HttpStreamParts) {}

  async serve(
    request: FastifyRequest,
    reply: FastifyReply,
    { format, takesJson }: AcceptedFormat,
  ): Promise<FastifyReply> {
    const scope = this.parts.scopeOf(request.raw, reply.raw);
    const subscription: SubscriptionSlot = { isReadOnly: request.method === "GET" };
    const caller = callerOf(request.raw);
    const body = request.method === "GET" ? requestInSearch(request.url) : request.body;
    const response = await scope.inSpan(() =>
      this.parts.operations.inContext({ caller, left: leaving(reply), subscription }, (context) =>
        this.parts.apollo.executeHTTPGraphQLRequest({
          httpGraphQLRequest: { method: "POST", headers: headersOf(request, takesJson), search: "", body },
          context: () => Promise.resolve(context),
        }),
      ),
    );
    const { accepted } = subscription;
    if (accepted !== undefined) {
      const variables = variablesIn(body);
      const { transport } = format;
      scope.release();
      return this.#send(
        reply,
        format,
        this.parts.operations.start({ accepted, variables, caller, transport }),
      );
    }
    const result = takesJson ? undefined : resultIn(response);
    return result === undefined
      ? sendWhole(reply, response)
      : this.#send(reply, format, new SingleResult(new Payload(result)));
  }

  #send(reply: FastifyReply, format: AcceptedFormat["format"], results: Results): FastifyReply {
    return (
      reply
        .header("content-type", format.contentType)
        // Without it nginx buffers events.
        .header("x-accel-buffering", "no")
        .send(new StreamBody(this.parts, { format, results, response: reply.raw }))
    );
  }
}

/** Creates a signal that aborts when the client closes its connection. */
function leaving({ raw }: FastifyReply): AbortSource {
  const left = new AbortSource();
  raw.once("close", () => {
    left.abort(new CallCancelled());
  });
  return left;
}

/** Apollo requires it of GET requests, against CSRF: browsers send a preflight for it. */
const preflightHeader = "apollo-require-preflight";

/** Browsers send a preflight for such a token, too. Routers that subscribe by GET send it without the header above. */
const bearerToken = /^Bearer /i;

/**
 * The headers for Apollo. For a client that accepts only streams they accept plain JSON: Apollo then responds with 4xx to
 * an invalid request, and with 200 and errors to an invalid operation.
 */
function headersOf({ headers }: FastifyRequest, takesJson: boolean): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, String(value));
  }
  if (!takesJson) map.set("accept", "application/json");
  if (bearerToken.test(headers.authorization ?? "")) map.set(preflightHeader, "authorization");
  return map;
}

function variablesIn(body: unknown): Readonly<Record<string, unknown>> | undefined {
  const variables = isJsonObject(body) ? body["variables"] : undefined;
  return isJsonObject(variables) ? variables : undefined;
}

/** The result in Apollo's response; undefined where Apollo rejected the request. */
function resultIn({ status, body }: HTTPGraphQLResponse): FormattedExecutionResult | undefined {
  const isResult = (status === undefined || status === 200) && body.kind === "complete";
  return isResult ? (JSON.parse(body.string) as FormattedExecutionResult) : undefined;
}

function sendWhole(reply: FastifyReply, { status, headers, body }: HTTPGraphQLResponse): FastifyReply {
  for (const [name, value] of headers) void reply.header(name, value);
  return reply.code(status ?? 200).send(body.kind === "complete" ? body.string : "");
}
