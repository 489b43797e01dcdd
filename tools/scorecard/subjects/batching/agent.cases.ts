import { isDeepStrictEqual } from "node:util";

import { emulatorAccountId } from "../../../../src/emulator/seed/seed.js";
import type { EmulatorState } from "../../../../src/emulator/state.js";
import { AgentReasonsDocument } from "../../../../src/generated/operations.js";
import type { TestGateway } from "../../../../test/support/gateway.js";
import type { BatchingCase } from "./batching-case.js";

const accountId = emulatorAccountId;

/** Agents, and the reasons they give. */
export const agentCases: readonly BatchingCase[] = [
  agents(100, 2),
  agents(500, 2),
  agents(2500, 4),
  { title: "a router's 500 reasons and 500 agents with theirs", upstreamCalls: 2, ask: askEntities },
];

function agents(count: number, upstreamCalls: number): BatchingCase {
  return {
    title: `${count.toLocaleString("en")} agents with their reasons`,
    upstreamCalls,
    ask: async (gateway) => {
      const expected = expectedAgents(gateway.emulator.state, count);
      const ids = expected.map(({ id }) => id);
      const { data } = await gateway.run(AgentReasonsDocument, { accountId, ids });
      const answered = data?.agents.map(({ id, status }) => ({ id, reason: status?.reason?.text ?? null }));
      return isDeepStrictEqual(answered, expected);
    },
  };
}

/** The first agents of the account, of which there are then that many. */
function expectedAgents(state: EmulatorState, count: number): { id: string; reason: string | null }[] {
  const { agents: roster, reasons } = state.account(accountId);
  roster.addMany(Math.max(0, count - roster.list().length));
  const texts = new Map(reasons.list(true).map(({ id, text }) => [String(id), text]));
  return roster
    .list()
    .slice(0, count)
    .map(({ id, reasonId = "" }) => ({ id, reason: texts.get(reasonId) ?? null }));
}

async function askEntities(gateway: TestGateway): Promise<boolean> {
  const { state } = gateway.emulator;
  const known = state.account(accountId).reasons.list(true);
  const expected = expectedAgents(state, 500).flatMap(({ id, reason }, index) => {
    const { id: reasonId = 0n, text = "" } = known[index % known.length] ?? {};
    return [
      { __typename: "StatusReason", id: String(reasonId), text },
      { __typename: "Agent", id, reason },
    ];
  });
  const representations = expected.map(({ __typename, id }) => ({ __typename, accountId, id }));
  const { data } = await gateway.query(
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        __typename
        ... on StatusReason { id text }
        ... on Agent { id status { reason { text } } }
      }
    }`,
    { representations },
  );
  const answered = data?.["_entities"] as (object | AnsweredAgent)[] | undefined;
  return isDeepStrictEqual(answered?.map(withReason), expected);
}

interface AnsweredAgent {
  readonly __typename: string;
  readonly id: string;
  readonly status: { readonly reason: { readonly text: string } | null } | null;
}

function withReason(entity: object | AnsweredAgent): object {
  if (!("status" in entity)) return entity;
  const { status, ...agent } = entity;
  return { ...agent, reason: status?.reason?.text ?? null };
}
