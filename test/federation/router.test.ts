import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";

import { emulatorTokens } from "../../src/emulator/seed.js";
import { post } from "../support/gateway.js";
import { startSupergraph, ticketQuery } from "../support/supergraph.js";
import type { AnsweredTicket, Supergraph } from "../support/supergraph.js";

interface RouterContext {
  readonly authorization?: string | undefined;
  readonly requestId?: string | undefined;
}

describe("behind Apollo's router", () => {
  let supergraph: Supergraph;
  let router: ApolloServer<RouterContext>;
  let url: string;

  beforeAll(async () => {
    supergraph = await startSupergraph();
    const gateway = new ApolloGateway({
      supergraphSdl: supergraph.sdl,
      buildService: ({ url: serviceUrl = "" }) => new ForwardingDataSource({ url: serviceUrl }),
      logger: silent,
    });
    router = new ApolloServer<RouterContext>({ gateway, logger: silent });
    const started = await startStandaloneServer(router, {
      listen: { host: "127.0.0.1", port: 0 },
      context: ({ req }) =>
        Promise.resolve({
          authorization: req.headers.authorization,
          requestId: req.headers["x-request-id"]?.toString(),
        }),
    });
    url = started.url;
  });
  afterEach(() => {
    supergraph.gateway.emulator.reset();
  });
  afterAll(async () => {
    await router.stop();
    await supergraph.stop();
  });

  const ask = (query: string, options: Parameters<typeof post>[2] = {}) =>
    post<{ tickets: readonly AnsweredTicket[] }>(url, JSON.stringify({ query }), options);
  const upstreamCalls = () => supergraph.gateway.emulator.journal.requests;

  it("answers across three subgraphs, with as few upstream calls as batching promises", async () => {
    const { data, errors } = await ask(ticketQuery);
    expect(errors).toEqual([]);
    expect(data?.tickets).toHaveLength(100);
    expect(data?.tickets.slice(0, 5).map(({ pausedFor }) => pausedFor)).toEqual([
      { text: "Lunch", deleted: false },
      { text: "Training", deleted: false },
      { text: "研修", deleted: false },
      { text: "Smoking break", deleted: true },
      null,
    ]);
    expect(data?.tickets[0]?.assignee).toMatchObject({
      team: expect.any(String) as string,
      status: { state: "AWAY", reason: { text: "Lunch" } },
    });
    // The router asks for both entities in requests of their own: one list for the tickets' reasons, one
    // view and one look-up for the agents and theirs.
    expect(
      upstreamCalls()
        .map(({ path }) => path.split("/").at(-1))
        .sort(),
    ).toEqual(expect.arrayContaining(["agent_view", "status-reasons"]));
    expect(upstreamCalls().length).toBeLessThanOrEqual(3);
    expect(new Set(upstreamCalls().map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${emulatorTokens.admin}`]),
    );
  });

  it("passes the request id on", async () => {
    await ask(ticketQuery, { headers: { "x-request-id": "from-the-router" } });
    expect(new Set(upstreamCalls().map(({ headers }) => headers["x-request-id"]))).toEqual(
      new Set(["from-the-router"]),
    );
  });

  it.each([
    [null, "UNAUTHENTICATED"],
    [emulatorTokens.expired, "UNAUTHENTICATED"],
    [emulatorTokens.otherAccount, "FORBIDDEN"],
  ])("keeps the code of errors (token %p)", async (token, code) => {
    const { data, errors } = await ask("{ tickets { id pausedFor { text } } }", { token });
    expect(data?.tickets).toHaveLength(100);
    expect(new Set(errors.map(({ extensions }) => extensions["code"]))).toEqual(new Set([code]));
  });
});

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
