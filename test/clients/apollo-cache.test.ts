import { InMemoryCache } from "@apollo/client";

import { typePolicies } from "../../packages/client/src/apollo/index.js";
import { AgentDocument, AgentReasonsDocument } from "../../packages/client/src/documents.js";
import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorReasonIds,
} from "../../src/emulator/seed/seed.js";
import { useTestGateway } from "../support/gateway.js";
import { createApolloClient, createSession } from "./clients.js";

const { lunch, training } = emulatorReasonIds;
const id = emulatorAgentIds.atLunch;
const whole = { query: AgentDocument, variables: { accountId, id } };
const part = { query: AgentReasonsDocument, variables: { accountId, ids: [id] } };

describe("the policies of Apollo Client's cache", () => {
  const gateway = useTestGateway();

  /** A client that has read the agent's whole status, and then the part of it that `AgentReasons` has. */
  async function readTwice(between: () => void) {
    const client = createApolloClient(gateway.url, createSession());
    await client.query(whole);
    between();
    await client.query(part);
    return client;
  }

  const give = (reasonId: string) =>
    gateway.emulator.state.account(accountId).agents.setStatus(id, "AWAY", reasonId);

  it("keep what is known of a status as long as it is the same", async () => {
    const client = await readTwice(() => undefined);
    expect(client.readQuery(whole)?.agent.status?.reason).toMatchObject({ id: lunch });
  });

  it("keep nothing of an earlier status: not since when the reason before was given", async () => {
    const client = await readTwice(() => give(training));
    expect(client.readQuery(part)?.agents[0]?.status?.reason).toMatchObject({ id: training });
    expect(client.readQuery(whole)).toBeNull();
  });

  it("take the id in a write's result for the reason's, which is no identity of the result", () => {
    const cache = new InMemoryCache({ typePolicies });
    expect(cache.identify({ __typename: "StatusReasonWriteResult", id })).toBeUndefined();
    expect(cache.identify({ __typename: "StatusReason", accountId, id })).toContain(accountId);
  });
});
