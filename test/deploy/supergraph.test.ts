import { readFileSync } from "node:fs";

import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { parse } from "yaml";

import { emulatorAccountId, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { post, startTestGateway } from "../support/gateway.js";

interface RouterConfig {
  readonly headers: {
    readonly subgraphs: Readonly<
      Record<string, { readonly request: readonly { readonly propagate: { readonly named: string } }[] }>
    >;
  };
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const query = `{ statusReasons(accountId: "${emulatorAccountId}") { totalCount } }`;

/** The headers that schema/router.yaml passes on. */
const routerConfig = parse(readFileSync("schema/router.yaml", "utf8")) as RouterConfig;
const passedOn = routerConfig.headers.subgraphs["status-reasons"]?.request.map(
  ({ propagate }) => propagate.named,
);

describe("the supergraph that is deployed", () => {
  it("leads to the gateway, with the headers the router's configuration passes on", async () => {
    const subgraph = await startTestGateway();
    const asked: string[] = [];
    const gateway = new ApolloGateway({
      supergraphSdl: readFileSync("deploy/supergraph.graphql", "utf8"),
      buildService: ({ url = "" }) => {
        asked.push(url);
        return new PassingDataSource({ url: subgraph.url });
      },
      logger: silent,
    });
    const router = new ApolloServer<Headers>({ gateway, logger: silent });
    const { url } = await startStandaloneServer(router, {
      listen: { host: "127.0.0.1", port: 0 },
      context: ({ req }) => Promise.resolve(req.headers),
    });
    const { data, errors } = await post<{ statusReasons: { totalCount: number } }>(
      url,
      JSON.stringify({ query }),
      {
        token: emulatorTokens.admin,
        headers: { "x-request-id": "from-the-router" },
      },
    );
    const sent = subgraph.emulator.journal.requests.map(({ headers }) => headers["x-request-id"]);
    await router.stop();
    await subgraph.stop();
    expect(errors).toEqual([]);
    expect(data?.statusReasons.totalCount).toBeGreaterThan(0);
    expect(asked).toEqual(["http://gateway:4000/graphql"]);
    expect(sent).toEqual(["from-the-router"]);
  });
});

class PassingDataSource extends RemoteGraphQLDataSource<Headers> {
  override willSendRequest({
    request,
    context,
  }: Parameters<NonNullable<RemoteGraphQLDataSource<Headers>["willSendRequest"]>>[0]): void {
    for (const name of passedOn ?? []) {
      const value = (context as Headers)[name];
      if (typeof value === "string") request.http?.headers.set(name, value);
    }
  }
}

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
