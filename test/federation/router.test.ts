import { emulatorAccountId, emulatorAgentIds, emulatorTokens } from "../../src/emulator/seed/seed.js";
import { post } from "../support/gateway.js";
import { managerOf, priorityOf } from "../support/neighbours.js";
import { startSupergraph, ticketQuery } from "../support/supergraph.js";
import type { TicketResult, Supergraph } from "../support/supergraph.js";
import { startApolloRouter } from "./apollo-router.js";
import type { Router } from "./router.js";

describe("behind Apollo's router", () => {
  let supergraph: Supergraph;
  let router: Router;

  beforeAll(async () => {
    supergraph = await startSupergraph();
    router = await startApolloRouter(supergraph.sdl);
  });
  afterEach(() => {
    supergraph.gateway.emulator.reset();
  });
  afterAll(async () => {
    await router.stop();
    await supergraph.stop();
  });

  const ask = (query: string, options: Parameters<typeof post>[2] = {}) =>
    post<{ tickets: readonly TicketResult[] }>(router.url, JSON.stringify({ query }), options);
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

  it("adds what another subgraph knows of an agent's skills and group, by the keys that the gateway returns", async () => {
    const { data, errors } = await ask(
      "{ tickets { assignee { id skills { id name priority } group { id name manager } } } }",
    );
    expect(errors).toEqual([]);
    const known = supergraph.gateway.emulator.state.account(emulatorAccountId).agents;
    const atLunch = known.get(emulatorAgentIds.atLunch);
    expect(data?.tickets[0]?.assignee).toEqual({
      id: emulatorAgentIds.atLunch,
      skills: atLunch.skills.map(({ id, name }) => ({ id, name, priority: priorityOf(id) })),
      group: { ...atLunch.group, manager: managerOf(atLunch.group.id) },
    });
    expect(atLunch.skills).not.toEqual([]);
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
