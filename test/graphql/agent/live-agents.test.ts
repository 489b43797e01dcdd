import {
  emulatorAccountId,
  emulatorGroups,
  emulatorReasonIds,
  emulatorSkills,
} from "../../../src/emulator/seed/seed.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { LiveAgentsDocument } from "../../../src/generated/operations.js";
import type { LiveAgentsQueryVariables } from "../../../src/generated/operations.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const accountId = emulatorAccountId;
const { lunch, training, coffeeBreak } = emulatorReasonIds;

describe("the live view", () => {
  const gateway = useTestGateway();

  const views = () => gateway.emulator.journal.select({ path: "agent_view" });
  const live = async (variables: Omit<LiveAgentsQueryVariables, "accountId"> = {}) =>
    dataOf(await gateway.run(LiveAgentsDocument, { accountId, ...variables })).liveAgents;
  const inState = (...states: string[]) =>
    gateway.emulator.state
      .account(accountId)
      .agents.list()
      .filter(({ status }) => states.includes(status));

  it("shows whoever is logged in, a page at a time, with one call", async () => {
    const { totalCount, truncated, nodes } = await live({ offset: 5, limit: 10 });
    expect(nodes).toHaveLength(10);
    expect(truncated).toBe(false);
    // "LUNCHING" is a status not known here, of an agent found among those who are away.
    expect(totalCount).toBe(inState("ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "LUNCHING").length);
    expect(nodes.some(({ status }) => status?.state === "OFFLINE")).toBe(false);
    expect(views()).toHaveLength(1);
    expect(views()[0]?.query).toMatchObject({ offset: "5", limit: "10" });
  });

  it("pages without gaps or repeats", async () => {
    const whole = await live({ limit: 1000 });
    const pages = [await live({ limit: 100 }), await live({ offset: 100, limit: 900 })];
    expect(pages.flatMap(({ nodes }) => nodes)).toEqual(whole.nodes);
    expect(new Set(whole.nodes.map(({ id }) => id)).size).toBe(whole.totalCount);
  });

  it("passes its filters on", async () => {
    const filter = {
      states: ["AWAY", "OFFLINE"] as const,
      groupIds: [emulatorGroups[0].id],
      skillIds: [emulatorSkills[0].id],
    };
    const { nodes, totalCount } = await live({
      filter: { ...filter, states: [...filter.states] },
      limit: 1000,
    });
    const { filters } = JSON.parse(views()[0]?.body ?? "") as AgentViewQueryWire;
    expect(filters).toMatchObject({
      effectiveAgentStatus: filter.states,
      agentGroupIds: filter.groupIds,
      agentSkillIds: filter.skillIds,
    });
    expect(totalCount).toBeGreaterThan(0);
    expect(nodes).toHaveLength(totalCount);
  });

  describe("filtered by OCCUPIED, which the upstream cannot be asked for", () => {
    const asked = () =>
      views().map(({ body }) => (JSON.parse(body) as AgentViewQueryWire).filters.effectiveAgentStatus);
    const query = (arguments_: string) =>
      gateway.query(
        `{ liveAgents(accountId: "${accountId}", ${arguments_}) { totalCount truncated nodes { id } } }`,
      );
    const idsOf = (agents: readonly { id: string }[]) => agents.map(({ id }) => ({ id }));
    const sorted = (...states: string[]) =>
      inState(...states).sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));

    it.each([
      [["OCCUPIED"], ["ONLINE", "BACK_SOON", "AWAY"]],
      [
        ["AWAY", "OCCUPIED"],
        ["ONLINE", "BACK_SOON", "AWAY"],
      ],
      [
        ["OCCUPIED", "OCCUPIED", "BACK_SOON"],
        ["ONLINE", "BACK_SOON", "AWAY"],
      ],
    ])("%j is answered from what the view shows", async (states, sent) => {
      const expected = sorted(...states);
      expect(expected.length).toBeGreaterThan(5);
      const whole = dataOf(await query(`filter: { states: [${states.join()}] }, limit: 1000`));
      const counts = { totalCount: expected.length, truncated: false };
      expect(whole).toEqual({ liveAgents: { ...counts, nodes: idsOf(expected) } });
      const page = dataOf(await query(`filter: { states: [${states.join()}] }, offset: 2, limit: 3`));
      expect(page).toEqual({ liveAgents: { ...counts, nodes: idsOf(expected.slice(2, 5)) } });
      expect(asked()).toEqual([sent, sent]);
    });

    it("asks for each state once, however often it is named", async () => {
      await live({ filter: { states: ["AWAY", "ONLINE", "AWAY"] } });
      expect(asked()).toEqual([["AWAY", "ONLINE"]]);
    });

    it("with OFFLINE asks for those too", async () => {
      const { nodes } = await live({ filter: { states: ["OFFLINE", "OCCUPIED"] }, limit: 1000 });
      expect(new Set(nodes.map(({ status }) => status?.state))).toEqual(new Set(["OFFLINE", "OCCUPIED"]));
      expect(asked()).toEqual([["ONLINE", "BACK_SOON", "AWAY", "OFFLINE"]]);
    });

    it("goes together with reasons, and shares its call with what else needs the whole view", async () => {
      const filter = `filter: { states: [OCCUPIED, AWAY], reasonIds: ["${lunch}"] }`;
      const answer = await gateway.query(`{
        both: liveAgents(accountId: "${accountId}", ${filter}) { totalCount nodes { status { state } } }
        occupied: liveAgents(accountId: "${accountId}", filter: { states: [OCCUPIED] }) { totalCount }
        reason: statusReason(accountId: "${accountId}", id: "${lunch}") { agents { totalCount } }
      }`);
      const atLunch = inState("AWAY", "OCCUPIED").filter(({ reasonId }) => reasonId === lunch).length;
      expect(dataOf(answer)).toMatchObject({
        both: { totalCount: atLunch },
        occupied: { totalCount: inState("OCCUPIED").length },
        reason: { agents: { totalCount: atLunch } },
      });
    });

    it("says where the upstream shows no more", async () => {
      gateway.emulator.state.account(accountId).agents.addMany(3000);
      expect((await live({ filter: { states: ["OCCUPIED"] }, limit: 1 })).truncated).toBe(true);
    });

    it("is never sent, whatever is asked", async () => {
      await live();
      await gateway.query(`{ agent(accountId: "${accountId}", id: "1") { status { state } } }`);
      await live({ filter: { states: ["OCCUPIED"] } });
      await live({ filter: { states: ["AWAY"] } });
      expect(asked()).toEqual([
        ["ONLINE", "BACK_SOON", "AWAY"],
        ["ONLINE", "BACK_SOON", "AWAY", "OFFLINE"],
        ["ONLINE", "BACK_SOON", "AWAY"],
        ["AWAY"],
      ]);
    });
  });

  it("filters by reason here, with a true count and true pages", async () => {
    const filter = { reasonIds: [lunch, training] as string[] };
    const whole = await live({ filter, limit: 1000 });
    const awayFor = inState("AWAY").filter(({ reasonId }) => reasonId === lunch || reasonId === training);
    expect(whole.totalCount).toBe(awayFor.length);
    expect(whole.nodes.every(({ status }) => filter.reasonIds.includes(status?.reason?.id ?? ""))).toBe(true);
    const page = await live({ filter, offset: 3, limit: 4 });
    expect(page).toEqual({ ...whole, nodes: whole.nodes.slice(3, 7) });
    expect(await live({ filter, offset: 900, limit: 4 })).toEqual({ ...whole, nodes: [] });
    expect(views().map(({ query }) => query["limit"])).toEqual(["1000", "1000", "1000"]);
  });

  it.each([undefined, { reasonIds: [lunch] }])(
    "says where the upstream shows no more (%j)",
    async (filter) => {
      gateway.emulator.state.account(accountId).agents.addMany(3000);
      expect((await live({ filter, limit: 1 })).truncated).toBe(true);
    },
  );

  it.each([
    [{ limit: 0 }, "limit"],
    [{ limit: -1 }, "limit"],
    [{ limit: 1001 }, "limit"],
    [{ offset: -1 }, "offset"],
    [{ offset: 951 }, "offset"],
    [{ offset: 1, limit: 1000 }, "offset"],
    [{ filter: { states: ["UNKNOWN"] } }, "filter.states.0"],
    [{ filter: { states: [] } }, "filter.states"],
    [{ filter: { reasonIds: ["x"] } }, "filter.reasonIds.0"],
    [{ filter: { groupIds: ["Sales"] } }, "filter.groupIds.0"],
    [{ filter: { skillIds: ["1; --"] } }, "filter.skillIds.0"],
  ] as [Omit<LiveAgentsQueryVariables, "accountId">, string][])(
    "refuses %j before any call",
    async (variables, path) => {
      const error = errorOf(await gateway.run(LiveAgentsDocument, { accountId, ...variables }));
      expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
      const faults = error.extensions["validationErrors"] as { path: string }[];
      expect(faults.map((fault) => fault.path)).toContain(path);
      expect(views()).toEqual([]);
    },
  );

  it.each([{ limit: 1000 }, { offset: 999, limit: 1 }, { offset: 950 }])("takes %j", async (variables) => {
    await live(variables);
    expect(views()).toHaveLength(1);
  });

  it("does not guess a count that the upstream does not tell", async () => {
    const records = (count: number) => Array.from({ length: count }, (_, index) => ({ agentId: index + 1 }));
    const answer = (count: number) => ({
      times: 1,
      status: 200,
      body: JSON.stringify({ agentViewRecords: records(count) }),
    });
    gateway.emulator.faults.add(answer(2), answer(3));
    expect((await live({ limit: 3 })).totalCount).toBe(2);
    const full = await gateway.run(LiveAgentsDocument, { accountId, limit: 3 });
    expect(errorOf(full).extensions).toMatchObject({ code: "UPSTREAM_INVALID_RESPONSE" });
  });

  describe("StatusReason.agents", () => {
    it("costs one fetch of the account for a whole list of reasons", async () => {
      const query = `{ statusReasons(accountId: "${accountId}") { nodes { id agents { totalCount nodes { id status { reason { id } } } } } } }`;
      const { statusReasons } = dataOf(await gateway.query(query)) as {
        statusReasons: {
          nodes: {
            id: string;
            agents: { totalCount: number; nodes: { status: { reason: { id: string } } }[] };
          }[];
        };
      };
      for (const { id, agents } of statusReasons.nodes) {
        expect(agents.totalCount).toBe(inState("AWAY").filter(({ reasonId }) => reasonId === id).length);
        expect(agents.nodes.every(({ status }) => status.reason.id === id)).toBe(true);
      }
      expect(gateway.emulator.journal.requests).toHaveLength(2);
      expect(views()).toHaveLength(1);
    });

    it("is right beside a live view that does not ask for reasons", async () => {
      const query = `{
        liveAgents(accountId: "${accountId}", limit: 1000) { totalCount nodes { id } }
        statusReason(accountId: "${accountId}", id: "${coffeeBreak}") { agents { totalCount } }
      }`;
      const { statusReason } = dataOf(await gateway.query(query)) as {
        statusReason: { agents: { totalCount: number } };
      };
      expect(statusReason.agents.totalCount).toBe(
        inState("AWAY").filter(({ reasonId }) => reasonId === coffeeBreak).length,
      );
    });

    it("pages each reason for itself, and refuses a page past the cap", async () => {
      const reason = (args: string) =>
        gateway.query(
          `{ statusReason(accountId: "${accountId}", id: "${lunch}") { agents(${args}) { totalCount nodes { id } } } }`,
        );
      const page = dataOf(await reason("offset: 1, limit: 2"))["statusReason"] as {
        agents: { nodes: object[] };
      };
      expect(page.agents.nodes).toHaveLength(2);
      expect(errorOf(await reason("offset: 1, limit: 1000")).extensions).toMatchObject({
        code: "BAD_USER_INPUT",
      });
    });
  });
});
