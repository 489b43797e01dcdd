import {
  emulatorAccountId,
  emulatorAgentIds,
  emulatorReasonIds,
  emulatorSecondAccountId,
} from "../../../src/emulator/seed/seed.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { AgentDocument, AgentReasonsDocument } from "../../../src/generated/operations.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;

describe("agents by id", () => {
  const gateway = useTestGateway();

  const views = () => gateway.emulator.journal.select({ path: "agent_view" });
  const total = () => gateway.emulator.journal.requests.length;
  const bodyOf = (index: number) => JSON.parse(views()[index]?.body ?? "") as AgentViewQueryWire;

  /** The ids of the first `count` agents, after the account was given that many. */
  function agentIds(count: number): string[] {
    const { agents } = gateway.emulator.state.account(accountId);
    agents.addMany(Math.max(0, count - agents.list().length));
    return agents
      .list()
      .slice(0, count)
      .map(({ id }) => id);
  }

  describe("counted at the upstream", () => {
    it.each([
      [1, 1],
      [1000, 1],
      [1001, 2],
      [2500, 3],
    ])("%d agents cost %d views, and one call for all their reasons", async (count, calls) => {
      const ids = agentIds(count);
      const { agents } = dataOf(await gateway.run(AgentReasonsDocument, { accountId, ids }));
      expect(agents.map(({ id }) => id)).toEqual(ids);
      expect(views()).toHaveLength(calls);
      const reasons = agents.some(({ status }) => status?.reason) ? 1 : 0;
      expect(total()).toBe(calls + reasons);
      if (count > 1) expect(reasons).toBe(1);
    });

    it("asks each view for its own ids, whole, whoever was logged in within 24 hours", async () => {
      const ids = agentIds(1500);
      const before = Date.now();
      dataOf(await gateway.run(AgentReasonsDocument, { accountId, ids }));
      const bodies = [bodyOf(0), bodyOf(1)];
      expect(views().map(({ query }) => [query["offset"], query["limit"]])).toEqual([
        ["0", "1000"],
        ["0", "500"],
      ]);
      expect(bodies.flatMap(({ filters }) => filters.agentIds)).toEqual(ids);
      for (const { filters } of bodies) {
        expect(filters.effectiveAgentStatus).toContain("OFFLINE");
        // Whole once the upstream has rounded its end up to a minute.
        expect(Math.ceil(filters.time.to / 60_000) * 60_000 - filters.time.from).toBe(24 * 60 * 60 * 1000);
        expect(filters.time.to).toBeGreaterThanOrEqual(before);
      }
    });

    it("asks for a repeated id once, and answers as often as asked", async () => {
      const { atLunch, online } = emulatorAgentIds;
      const ids = [online, atLunch, online, "42", online];
      const { agents } = dataOf(await gateway.run(AgentReasonsDocument, { accountId, ids }));
      expect(agents.map(({ id, status }) => [id, status?.state])).toEqual([
        [online, "ONLINE"],
        [atLunch, "AWAY"],
        [online, "ONLINE"],
        ["42", undefined],
        [online, "ONLINE"],
      ]);
      expect(bodyOf(0).filters.agentIds).toEqual([online, atLunch, "42"]);
    });

    it("batches aliases, single look-ups and lists of one operation, each account for itself", async () => {
      const { atLunch, online } = emulatorAgentIds;
      const mine = `accountId: "${accountId}"`;
      const answer = await gateway.query(
        `{
          a: agent(${mine}, id: "${atLunch}") { status { state } }
          b: agents(${mine}, ids: ["${online}", "${atLunch}"]) { status { state reason { text } } }
          c: agent(accountId: "${emulatorSecondAccountId}", id: "${atLunch}") { id status { state } }
        }`,
      );
      expect(answer.data).toMatchObject({ a: { status: { state: "AWAY" } }, c: { status: null } });
      expect(answer.errors).toMatchObject([{ path: ["c", "status"], extensions: { code: "FORBIDDEN" } }]);
      expect(views()).toHaveLength(2);
      expect(total()).toBe(3);
    });

    it("costs nothing where no more than the key is asked", async () => {
      const query = `{ agents(accountId: "${accountId}", ids: ["1", "2"]) { __typename accountId id } }`;
      expect(dataOf(await gateway.query(query))["agents"]).toEqual([
        { __typename: "Agent", accountId, id: "1" },
        { __typename: "Agent", accountId, id: "2" },
      ]);
      const { errors } = await gateway.query(query, {}, { token: null });
      expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
      expect(total()).toBe(0);
    });

    it("costs nothing where no ids are given", async () => {
      expect(dataOf(await gateway.run(AgentReasonsDocument, { accountId, ids: [] })).agents).toEqual([]);
      expect(total()).toBe(0);
    });

    it.each([
      ["status { state }", ["agent_current_status"], false],
      ["status { load maxSlots }", ["agent_load", "max_slots"], false],
      [
        "status { reason { id } reasonSince }",
        ["agent_current_status_reason", "agent_current_status_reason_start_time"],
        false,
      ],
      ["name", [], true],
      ["skills { id }", [], true],
      ["group { id }", [], false],
      ["group { name }", [], true],
    ])("asks the view of { %s } for no more than that", async (fields, metrics, metadata) => {
      dataOf(
        await gateway.query(
          `{ agent(accountId: "${accountId}", id: "${emulatorAgentIds.online}") { ${fields} } }`,
        ),
      );
      expect(bodyOf(0)).toMatchObject({
        metricsToRetrieveCurrentValue: metrics,
        includeAgentMetadata: metadata,
      });
    });

    it("asks for the union of what an operation's fields and fragments need, in one view", async () => {
      const query = `query { a: agent(accountId: "${accountId}", id: "${emulatorAgentIds.online}") { ...Load }
          b: agent(accountId: "${accountId}", id: "${emulatorAgentIds.atLunch}") { name } }
        fragment Load on Agent { status { load } }`;
      dataOf(await gateway.query(query));
      expect(views()).toHaveLength(1);
      expect(bodyOf(0)).toMatchObject({
        metricsToRetrieveCurrentValue: ["agent_load"],
        includeAgentMetadata: true,
      });
    });
  });

  describe("absence", () => {
    const { lunch, deleted, pastDouble, largest, coffeeBreak } = emulatorReasonIds;

    it.each([
      ["gives a reason", emulatorAgentIds.atLunch, { state: "AWAY", reason: { id: lunch, deleted: false } }],
      ["gives one past 2^53", emulatorAgentIds.pastDoubleReason, { reason: { id: pastDouble } }],
      ["gives the largest one", emulatorAgentIds.largestReason, { reason: { id: largest } }],
      ["gives one under the other name", emulatorAgentIds.tableFieldName, { reason: { id: coffeeBreak } }],
      [
        "gives one that was deleted",
        emulatorAgentIds.deletedReason,
        { reason: { id: deleted, deleted: true } },
      ],
      ["gives one that does not exist", emulatorAgentIds.danglingReasons[0], { state: "AWAY", reason: null }],
      ["gives NA", emulatorAgentIds.reasonNotAvailable, { state: "AWAY", reason: null }],
      ["gives none", emulatorAgentIds.reasonMissing, { state: "AWAY", reason: null }],
      ["is in a state not known here", emulatorAgentIds.unknownStatus, { state: "UNKNOWN" }],
      ["is occupied", emulatorAgentIds.occupied, { state: "OCCUPIED" }],
      ["is back soon", emulatorAgentIds.backSoon, { state: "BACK_SOON" }],
      ["has logged out", emulatorAgentIds.offline, { state: "OFFLINE" }],
    ])("is told of an agent who %s", async (_case, id, status) => {
      const { agent } = dataOf(await gateway.run(AgentDocument, { accountId, id }));
      expect(agent.status).toMatchObject(status);
    });

    it.each([
      ["has not been logged in for days", emulatorAgentIds.longOffline],
      ["has never been logged in", emulatorAgentIds.neverLoggedIn],
      ["does not exist", "42"],
    ])("is a null status where an agent %s", async (_case, id) => {
      const { agent } = dataOf(await gateway.run(AgentDocument, { accountId, id }));
      expect(agent).toEqual({
        accountId,
        id,
        status: null,
        name: null,
        nickname: null,
        loginName: null,
        pictureUrl: null,
        group: null,
        skills: [],
      });
    });

    it.each([emulatorAgentIds.numericIds, emulatorAgentIds.numericPastDouble])(
      "is none of agent %s, whose ids are numbers",
      async (id) => {
        const { agent } = dataOf(await gateway.run(AgentDocument, { accountId, id }));
        expect(agent).toMatchObject({ id, name: expect.any(String) as string });
        expect(agent.group?.id).toMatch(/^-?\d+$/);
      },
    );

    it("is told of an agent without metadata", async () => {
      const record = { agentId: "7", agentGroupId: -1, agentCurrentStatus: "ONLINE", unheardOf: {} };
      const body = JSON.stringify({ metadata: { count: 1 }, agentViewRecords: [record] });
      gateway.emulator.faults.add({ status: 200, body });
      const { agent } = dataOf(await gateway.run(AgentDocument, { accountId, id: "7" }));
      expect(agent).toMatchObject({
        name: null,
        group: { id: "-1", name: null },
        skills: [],
        status: { state: "ONLINE", since: null, load: null },
      });
    });
  });

  describe("failure", () => {
    it.each([0, 1, 2])("of chunk %d is an error on its own agents only", async (failing) => {
      const ids = agentIds(2500);
      const chunk = ids.slice(failing * 1000, (failing + 1) * 1000);
      const [first = ""] = chunk;
      gateway.emulator.faults.add({ match: { path: "agent_view", body: `"${first}"` }, status: 500 });
      const answer = await gateway.query(
        `query ($a: ID!, $ids: [ID!]!) { agents(accountId: $a, ids: $ids) { id status { state } skills { id } } }`,
        { a: accountId, ids },
      );
      const agents = answer.data?.["agents"] as { id: string; status: object | null }[];
      expect(agents.map(({ id }) => id)).toEqual(ids);
      const failed = new Set(answer.errors.map(({ path }) => ids[path?.[1] as number]));
      expect([...failed]).toEqual(chunk);
      expect(answer.errors[0]).toMatchObject({
        path: ["agents", failing * 1000, "status"],
        extensions: {
          code: "UPSTREAM_ERROR",
          upstream: { service: "agentManagerWorkspace", operation: "viewAgents", status: 500 },
        },
      });
    });

    it("is never silent, not even where only skills are asked", async () => {
      gateway.emulator.faults.add({ status: 500 });
      const answer = await gateway.query(`{ agent(accountId: "${accountId}", id: "7") { skills { id } } }`);
      expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_ERROR" });
      expect(answer.data).toBeNull();
    });

    it("of the reasons leaves the agents whole", async () => {
      gateway.emulator.faults.add({ match: { path: "status-reasons" }, status: 500 });
      const ids = [emulatorAgentIds.atLunch, emulatorAgentIds.online];
      const answer = await gateway.run(AgentReasonsDocument, { accountId, ids });
      expect(answer.data?.agents).toMatchObject([
        { status: { state: "AWAY", reason: null } },
        { status: { state: "ONLINE" } },
      ]);
      expect(answer.errors).toMatchObject([{ path: ["agents", 0, "status", "reason"] }]);
    });

    it.each([
      ["HTML", "<html>"],
      ["a list", "[]"],
      ["no records", '{"metadata":{"count":0}}'],
      ["a record without an id", '{"metadata":{"count":1},"agentViewRecords":[{}]}'],
      ["a record that is null", '{"metadata":{"count":1},"agentViewRecords":[null]}'],
    ])("of the upstream to answer with more than %s is UPSTREAM_INVALID_RESPONSE", async (_case, body) => {
      gateway.emulator.faults.add({ status: 200, body });
      const answer = await gateway.query(`{ agent(accountId: "${accountId}", id: "7") { status { load } } }`);
      expect(errorOf(answer).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
    });
  });

  it.each([
    ["a word", ["1", "x"], "64-bit"],
    ["zero", ["0"], "64-bit"],
    ["5001 ids", Array.from({ length: 5001 }, (_, index) => String(index + 1)), "0 to 5000 items"],
  ])("refuses %s before any call", async (_case, ids, message) => {
    const error = errorOf(await gateway.run(AgentReasonsDocument, { accountId, ids }));
    expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(error.message).toContain(message);
    expect(total()).toBe(0);
  });

  it("shows an agent go to Lunch", async () => {
    const id = emulatorAgentIds.online;
    const url = `${gateway.emulator.origin}/emulator/accounts/${accountId}/agents/${id}`;
    const response = await fetch(url, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ status: "AWAY", reasonId: emulatorReasonIds.lunch }),
    });
    expect(response.ok).toBe(true);
    const { agent } = dataOf(await gateway.run(AgentDocument, { accountId, id }));
    expect(agent.status).toMatchObject({ state: "AWAY", reason: { text: "Lunch" } });
  });
});
