import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

import type { Router } from "./router.js";

interface RouterContext {
  readonly authorization?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Starts Apollo's router in this process. */
export async function startApolloRouter(supergraphSdl: string): Promise<Router> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url = "" }) => new ForwardingDataSource({ url }),
    logger: silent,
  });
  const server = new ApolloServer<RouterContext>({ gateway, logger: silent });
  const { url } = await startStandaloneServer(server, {
    listen: { host: "127.0.0.1", port: 0 },
    context: ({ req }) =>
      Promise.resolve({
        authorization: req.headers.authorization,
        requestId: req.headers["x-request-id"]?.toString(),
      }),
  });
  return { url, stop: () => server.stop() };
}

/** Passes on who calls, and under which id. */
class ForwardingDataSource extends RemoteGraphQLDataSource<RouterContext> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<RouterContext>["willSendRequest"]>>[0]): void {
    const { authorization, requestId } = context as RouterContext;
    if (authorization !== undefined) request.http?.headers.set("authorization", authorization);
    if (requestId !== undefined) request.http?.headers.set("x-request-id", requestId);
  }
}

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
