import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorGroups,
  emulatorReasonIds,
} from "../../../src/emulator/seed/seed.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const { online, neverLoggedIn } = emulatorAgentIds;
const { lunch } = emulatorReasonIds;

const startMs = Date.parse("2026-11-25T12:00:00Z");

interface Usage {
  readonly reason: { readonly id: string } | null;
  readonly agentCount: number;
  readonly seconds: number;
}

interface Report {
  readonly from: string;
  readonly to: string;
  readonly usages: readonly Usage[];
  readonly agentCount: number;
  readonly seconds: number;
  readonly truncated: boolean;
}

interface ReasonTime {
  readonly reason: { readonly id: string } | null;
  readonly seconds: number;
}

const wholeReport = "{ from to usages { reason { id } agentCount seconds } agentCount seconds truncated }";

describe("the usage of reasons", () => {
  let nowMs = startMs;
  const gateway = useTestGateway({}, { now: () => nowMs });
  beforeEach(() => {
    nowMs = startMs;
  });

  const views = () => gateway.emulator.journal.select({ path: "agent_view" });
  const queries = () => views().map(({ body }) => JSON.parse(body) as AgentViewQueryWire);
  const total = () => gateway.emulator.journal.requests.length;
  const roster = () => gateway.emulator.state.account(accountId).agents;
  const reportOf = async (args = "") =>
    dataOf(await gateway.query(`{ reasonUsage(accountId: "${accountId}"${args}) ${wholeReport} }`))[
      "reasonUsage"
    ] as Report;

  /** The times of these agents, asked for one by one, summed by reason. */
  const summed = async (ids: readonly string[], args: string) => {
    const { agents } = dataOf(
      await gateway.query(
        `query ($ids: [ID!]!) { agents(accountId: "${accountId}", ids: $ids) {
          time${args} { reasons { reason { id } seconds } }
        } }`,
        { ids },
      ),
    ) as { agents: { time: { reasons: readonly ReasonTime[] } | null }[] };
    const times = agents.flatMap(({ time }, index) =>
      (time?.reasons ?? []).map(({ reason, seconds }) => ({ agent: index, id: reason?.id ?? "", seconds })),
    );
    const usages = [...new Set(times.map(({ id }) => id))].map((id) => {
      const own = times.filter((time) => time.id === id);
      const ms = own.reduce((all, { seconds }) => all + Math.round(seconds * 1000), 0);
      return {
        reason: id === "" ? null : { id },
        agentCount: new Set(own.map(({ agent }) => agent)).size,
        seconds: ms / 1000,
      };
    });
    return { usages, agentCount: new Set(times.map(({ agent }) => agent)).size };
  };
  /** The order that the list has to be in, but for usages of the same time. */
  const byTime = (usages: readonly Usage[]) => [...usages].sort((a, b) => b.seconds - a.seconds);

  it.each([
    ["", ""],
    [', last: "PT1H"', '(last: "PT1H")'],
    [', last: "PT8H"', '(last: "PT8H")'],
    [
      ', from: "2026-11-24T08:00:00Z", to: "2026-11-24T16:00:00Z"',
      '(from: "2026-11-24T08:00:00Z", to: "2026-11-24T16:00:00Z")',
    ],
  ])("is the sum of the agents' times (%s)", async (ofReport, ofTime) => {
    roster().setStatus(online, "OFFLINE");
    const report = await reportOf(ofReport);
    expect(total()).toBe(2);
    const expected = await summed(
      roster()
        .list()
        .map(({ id }) => id),
      ofTime,
    );
    expect(report.usages.length).toBeGreaterThan(3);
    expect(byTime(report.usages)).toEqual(report.usages);
    expect(report.usages).toEqual(expect.arrayContaining(expected.usages));
    expect(report.usages).toHaveLength(expected.usages.length);
    expect(report.agentCount).toBe(expected.agentCount);
    expect(report.seconds).toBeCloseTo(
      report.usages.reduce((all, { seconds }) => all + seconds, 0),
      6,
    );
    expect(report.truncated).toBe(false);
  });

  it("counts the agents that a filter selects", async () => {
    const group = emulatorGroups[0].id;
    const inGroup = roster()
      .list()
      .filter((agent) => agent.group.id === group);
    const away = inGroup.filter(({ status }) => status === "AWAY");
    expect(away.length).toBeGreaterThan(1);
    const whole = await reportOf(`, filter: { groupIds: ["${group}"] }`);
    const some = await reportOf(`, filter: { groupIds: ["${group}"], reasonIds: ["${lunch}"] }`);
    const atLunch = away.filter(({ reasonId }) => reasonId === lunch).map(({ id }) => id);
    const expected = await summed(atLunch, "");
    expect(some.agentCount).toBe(expected.agentCount);
    expect(some.usages).toEqual(expect.arrayContaining(expected.usages));
    expect(whole.agentCount).toBeGreaterThan(some.agentCount);
    expect(queries()[0]?.filters).toMatchObject({
      agentGroupIds: [group],
      effectiveAgentStatus: ["ONLINE", "BACK_SOON", "AWAY", "OFFLINE"],
    });
  });

  it("shares a call with live agents of the same view, and both are whole", async () => {
    const states = "filter: { states: [ONLINE, BACK_SOON, AWAY, OFFLINE] }";
    const live = `liveAgents(accountId: "${accountId}", ${states}, limit: 1000) { nodes { id name group { name } } }`;
    const usage = `reasonUsage(accountId: "${accountId}", ${states}) ${wholeReport}`;
    const alone = {
      ...dataOf(await gateway.query(`{ ${live} }`)),
      ...dataOf(await gateway.query(`{ ${usage} }`)),
    };
    for (const fields of [`${live} ${usage}`, `${usage} ${live}`]) {
      gateway.emulator.journal.clear();
      expect(dataOf(await gateway.query(`{ ${fields} }`))).toEqual(alone);
      expect(views()).toHaveLength(1);
    }
  });

  it("says where the upstream shows no more", async () => {
    roster().addMany(1100);
    const report = await reportOf(', last: "PT1H"');
    expect(report.truncated).toBe(true);
    expect(report.agentCount).toBeLessThanOrEqual(1000);
    expect(views().map(({ query }) => [query["offset"], query["limit"]])).toEqual([["0", "1000"]]);
  });

  it("of each reason is one fetch for all, for each window, and 0 where it was not given", async () => {
    const answer = await gateway.query(`{
      statusReasons(accountId: "${accountId}", includeDeleted: true) { nodes {
        id usage { agentCount seconds reason { id } } hour: usage(last: "PT1H") { agentCount seconds }
      } }
    }`);
    const { nodes } = dataOf(answer)["statusReasons"] as {
      nodes: { id: string; usage: Usage; hour: Usage }[];
    };
    expect(views()).toHaveLength(2);
    expect(total()).toBe(3);
    const [day, hour] = [await reportOf(), await reportOf(', last: "PT1H"')];
    for (const { id, usage, hour: last } of nodes) {
      const none = { agentCount: 0, seconds: 0 };
      expect({ ...usage, reason: { id } }).toEqual(usage);
      expect(usage).toMatchObject(day.usages.find(({ reason }) => reason?.id === id) ?? none);
      expect(hour.usages.find(({ reason }) => reason?.id === id) ?? none).toMatchObject(last);
    }
    expect(nodes.some(({ usage }) => usage.seconds === 0)).toBe(true);
  });

  it("is had through entities", async () => {
    const reference = { __typename: "StatusReason", accountId, id: lunch };
    const answer = await gateway.query(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on StatusReason { id usage { agentCount } } }
      }`,
      { representations: [reference] },
    );
    expect(dataOf(answer)).toMatchObject({ _entities: [{ id: lunch }] });
    expect(total()).toBe(1);
  });

  it("is an error where the agents cannot be had, and whole but for the reasons where those cannot", async () => {
    gateway.emulator.faults.add({ match: { path: "status-reasons" }, status: 403 });
    const partial = await gateway.query(
      `{ reasonUsage(accountId: "${accountId}") { seconds usages { seconds reason { text } } } }`,
    );
    expect(partial.data?.["reasonUsage"]).toMatchObject({ usages: expect.anything() as unknown });
    expect(partial.errors[0]).toMatchObject({ extensions: { code: "FORBIDDEN" } });
    gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 403 });
    const answer = await gateway.query(`{ reasonUsage(accountId: "${accountId}") { seconds } }`);
    expect(errorOf(answer)).toMatchObject({ path: ["reasonUsage"], extensions: { code: "FORBIDDEN" } });
  });

  it.each([
    ['last: "P2D"', "last"],
    ['last: "PT0S"', "last"],
    ['last: "soon"', "last"],
    ['last: "PT1H", from: "2026-11-25T11:00:00Z"', "from"],
    ['to: "2026-11-25T11:00:00Z"', "from"],
    ['from: "2026-11-25T13:00:00Z"', "from"],
    ['from: "2026-11-25T11:00:00Z", to: "2026-11-25T10:00:00Z"', "to"],
    ['from: "2026-11-01T11:00:00Z", to: "2026-11-01T12:00:00Z"', "from"],
    ["filter: { states: [UNKNOWN] }", "filter.states.0"],
  ])("refuses %s before any call", async (args, path) => {
    const answer = await gateway.query(`{ reasonUsage(accountId: "${accountId}", ${args}) { seconds } }`);
    const { extensions } = errorOf(answer);
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", validationErrors: [{ path }] });
    expect(total()).toBe(0);
  });

  it("refuses a bad window of one reason before any call", async () => {
    const answer = await gateway.query(
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on StatusReason { usage(last: "P1M") { seconds } } }
      }`,
      { representations: [{ __typename: "StatusReason", accountId, id: lunch }] },
    );
    expect(errorOf(answer).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      validationErrors: [{ path: "last" }],
    });
    expect(total()).toBe(0);
  });

  it("does not count who was never there", async () => {
    const expected = await summed([neverLoggedIn], "");
    expect(expected).toEqual({ usages: [], agentCount: 0 });
  });
});
