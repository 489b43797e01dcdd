import { OperationTypeNode } from "graphql";

import { emulatorAccountId as accountId } from "../../src/emulator/seed/seed.js";
import { useTestGateway } from "../support/gateway.js";
import { ownCredentials } from "../support/own-credentials.js";
import { namesOf, variablesOf } from "../support/published-operations.js";
import { cachedClients } from "./cached-clients.js";

const queries = namesOf(OperationTypeNode.QUERY);
const mutations = namesOf(OperationTypeNode.MUTATION);

/** The time stands still, so that equal questions have equal answers. */
const nowMs = Date.parse("2026-11-25T12:00:30Z");

describe.each(cachedClients)("the published operations with %s", (_name, createClient) => {
  const gateway = useTestGateway(ownCredentials.oauth1, { now: () => nowMs });
  const variables = (name: string) => ({ accountId, ...variablesOf[name] });

  /** Counts the requests that the gateway gets. */
  function countRequests(): () => number {
    const send = jest.spyOn(globalThis, "fetch");
    return () => send.mock.calls.filter(([url]) => url === gateway.url).length;
  }

  it("asks once for each query, whatever runs between two runs of it", async () => {
    const client = createClient(gateway.url);
    const requests = countRequests();
    const first: unknown[] = [];
    for (const name of queries) first.push(await client.query(name, variables(name)));
    expect(requests()).toBe(queries.length);
    const upstreamCalls = gateway.emulator.journal.requests.length;
    const second: unknown[] = [];
    for (const name of queries) second.push(await client.query(name, variables(name)));
    expect(second).toEqual(first);
    expect(requests()).toBe(queries.length);
    expect(gateway.emulator.journal.requests).toHaveLength(upstreamCalls);
  });

  it.each(mutations)("sends %s each time it runs, and takes its answer", async (name) => {
    const client = createClient(gateway.url);
    const requests = countRequests();
    for (const query of ["StatusReasons", "LiveAgents"]) await client.query(query, variables(query));
    for (const run of [1, 2]) {
      gateway.emulator.reset();
      expect(await client.mutate(name, variables(name))).not.toHaveProperty(name, null);
      expect(gateway.emulator.journal.writes).not.toHaveLength(0);
      expect(requests()).toBe(2 + run);
    }
  });
});
