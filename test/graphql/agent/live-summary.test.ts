import fc from "fast-check";

import {
  emulatorAccountId as accountId,
  emulatorEmptyAccountId,
  emulatorGroups,
  emulatorReasonIds,
  emulatorSkills,
} from "../../../src/emulator/seed/seed.js";
import type { EmulatedAgent } from "../../../src/emulator/data/index.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const nowMs = Date.parse("2026-11-25T12:00:00Z");
const { lunch, deleted } = emulatorReasonIds;
const skillIds = emulatorSkills.map(({ id }) => id);

const lists = `states { state agentCount } reasons { reason { id } agentCount }
  groups { group { id name } agentCount } skills { skill { id name } agentCount }`;
const whole = `{ totalCount truncated observedAt ${lists} }`;

interface Count {
  readonly agentCount: number;
}

interface Summary {
  readonly totalCount: number;
  readonly truncated: boolean;
  readonly observedAt: string;
  readonly states: readonly (Count & { readonly state: string })[];
  readonly reasons: readonly (Count & { readonly reason: { readonly id: string } | null })[];
  readonly groups: readonly (Count & {
    readonly group: { readonly id: string; readonly name: string } | null;
  })[];
  readonly skills: readonly (Count & { readonly skill: { readonly id: string; readonly name: string } })[];
}

/** Counts by key, the plain way. */
function tally(keys: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(keys)].map((key) => [key, keys.filter((one) => one === key).length]));
}

describe("the summary of the live view", () => {
  const gateway = useTestGateway({}, { now: () => nowMs });

  const views = () => gateway.emulator.journal.select({ path: "agent_view" });
  const total = () => gateway.emulator.journal.requests.length;
  const roster = () => gateway.emulator.state.account(accountId).agents;
  const reasonList = () => gateway.emulator.state.account(accountId).reasons;
  const loggedIn = () =>
    roster()
      .list()
      .filter(({ status }) => status !== "OFFLINE");
  const summaryOf = async (args = "", account = accountId) =>
    dataOf(await gateway.query(`{ liveSummary(accountId: "${account}"${args}) ${whole} }`))[
      "liveSummary"
    ] as Summary;

  const stateOf = ({ status }: EmulatedAgent) => (status === "LUNCHING" ? "UNKNOWN" : status);
  const knownReasons = () =>
    new Set(
      reasonList()
        .list(true)
        .map(({ id }) => String(id)),
    );
  const isOrdered = (counts: readonly Count[]) =>
    counts.every(({ agentCount }, index) => agentCount <= (counts[index - 1]?.agentCount ?? Infinity));

  /** What a summary of these agents has to be, whatever the order of what is as frequent. */
  const expectCounts = (summary: Summary, agents: readonly EmulatedAgent[]) => {
    const known = knownReasons();
    expect(summary.totalCount).toBe(agents.length);
    expect(Object.fromEntries(summary.states.map((one) => [one.state, one.agentCount]))).toEqual(
      tally(agents.map(stateOf)),
    );
    expect(
      Object.fromEntries(summary.reasons.map(({ reason, agentCount }) => [reason?.id ?? "none", agentCount])),
    ).toEqual(tally(agents.map(({ reasonId = "" }) => (known.has(reasonId) ? reasonId : "none"))));
    expect(Object.fromEntries(summary.groups.map((one) => [one.group?.id, one.agentCount]))).toEqual(
      tally(agents.map(({ group }) => group.id)),
    );
    expect(Object.fromEntries(summary.skills.map((one) => [one.skill.id, one.agentCount]))).toEqual(
      tally(agents.flatMap(({ skills }) => [...new Set(skills.map(({ id }) => id))])),
    );
    for (const counts of [summary.states, summary.reasons, summary.groups, summary.skills]) {
      expect(isOrdered(counts)).toBe(true);
    }
  };

  it("counts by state, reason, group and skill, with one call and one for the reasons", async () => {
    const summary = await summaryOf();
    expectCounts(summary, loggedIn());
    expect(summary).toMatchObject({ truncated: false, observedAt: new Date(nowMs).toISOString() });
    expect(summary.groups.map(({ group }) => group)).toEqual(expect.arrayContaining([...emulatorGroups]));
    expect(summary.skills.map(({ skill }) => skill)).toEqual(expect.arrayContaining([...emulatorSkills]));
    // A deleted reason is shown; those that do not exist are none.
    expect(summary.reasons.map(({ reason }) => reason?.id)).toContain(deleted);
    expect(views()).toHaveLength(1);
    expect(total()).toBe(2);
  });

  /** Asked for all states that it can filter by, the upstream shows agents in other states too. */
  const isAsked = (status: string, states: readonly string[] | null) => {
    if (states === null) return status !== "OFFLINE";
    const isOther = !["ONLINE", "AWAY", "BACK_SOON", "OFFLINE"].includes(status);
    const areAll = ["ONLINE", "AWAY", "BACK_SOON"].every((state) => states.includes(state));
    return states.includes(status) || (isOther && areAll && !states.includes("OCCUPIED"));
  };

  it("counts any agents as a plain count does", async () => {
    const group = fc.constantFrom<EmulatedAgent["group"]>(...emulatorGroups);
    const agent = fc.record({
      status: fc.constantFrom("ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "OFFLINE", "LUNCHING"),
      group,
      skills: fc.array(fc.constantFrom(...emulatorSkills), { maxLength: 5 }),
      reasonId: fc.constantFrom(undefined, "5", lunch, deleted, emulatorReasonIds.training),
    });
    const filter = fc.record({
      states: fc.option(
        fc.subarray(["ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "OFFLINE"], { minLength: 1 }),
      ),
      groupIds: fc.option(
        fc.array(
          group.map(({ id }) => id),
          { minLength: 1, maxLength: 2 },
        ),
      ),
      skillIds: fc.option(fc.array(fc.constantFrom<string>(...skillIds), { minLength: 1, maxLength: 2 })),
      reasonIds: fc.option(
        fc.array(fc.constantFrom<string>(lunch, deleted, "5"), { minLength: 1, maxLength: 2 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(agent, { maxLength: 12 }), filter, async (agents, by) => {
        gateway.emulator.reset();
        const all = roster().list();
        for (const one of all) Object.assign(one, { status: "OFFLINE", loggedOutAt: undefined });
        agents.forEach((one, index) => {
          const loggedOutAt = nowMs - 1000;
          // What the filter by status finds an unknown status as is the upstream's affair.
          Object.assign(all[index] ?? {}, one, { effectiveStatus: undefined, loggedOutAt });
        });
        const passing = all
          .slice(0, agents.length)
          .filter(
            ({ status, group, skills, reasonId = "" }: EmulatedAgent) =>
              isAsked(status, by.states) &&
              (by.groupIds?.includes(group.id) ?? true) &&
              (by.skillIds === null || skills.some(({ id }) => by.skillIds?.includes(id))) &&
              (by.reasonIds?.includes(reasonId) ?? true),
          );
        const query = `query ($filter: LiveAgentFilter) { liveSummary(accountId: "${accountId}", filter: $filter) ${whole} }`;
        const data = dataOf(await gateway.query(query, { filter: by }));
        expectCounts(data["liveSummary"] as Summary, passing);
      }),
      { numRuns: 100 },
    );
  });

  it("fetches what is counted, and no more", async () => {
    const count = async (fields: string) => {
      gateway.emulator.journal.clear();
      dataOf(await gateway.query(`{ liveSummary(accountId: "${accountId}") { ${fields} } }`));
      const [view] = views().map(({ body }) => JSON.parse(body) as AgentViewQueryWire);
      return [JSON.stringify(view), total()] as const;
    };
    const [onlyTotal, calls] = await count("totalCount");
    expect(onlyTotal).not.toContain("agent_current_status_reason");
    expect(calls).toBe(1);
    const [states] = await count("states { state agentCount }");
    expect(states).not.toContain("agent_current_status_reason");
    const [reasons, withReasons] = await count("reasons { agentCount }");
    expect(reasons).toContain("agent_current_status_reason");
    expect(withReasons).toBe(2);
  });

  it("of an account without agents is empty", async () => {
    expect(await summaryOf("", emulatorEmptyAccountId)).toMatchObject({
      totalCount: 0,
      truncated: false,
      states: [],
      reasons: [],
      groups: [],
      skills: [],
    });
    expect(total()).toBe(1);
  });

  it("says where the upstream shows no more, and counts those that it shows", async () => {
    roster().addMany(1100);
    const summary = await summaryOf();
    expect(summary.truncated).toBe(true);
    expect(summary.totalCount).toBe(loggedIn().length);
    expect(summary.states.reduce((all, { agentCount }) => all + agentCount, 0)).toBe(1000);
  });

  it("shows what else there is where the reasons fail", async () => {
    gateway.emulator.faults.add({ match: { path: "status-reasons" }, status: 500 });
    const { data, errors } = await gateway.query(
      `{ liveSummary(accountId: "${accountId}") { totalCount reasons { reason { id } agentCount } } }`,
    );
    const { totalCount, reasons } = data?.["liveSummary"] as Summary;
    expect(totalCount).toBe(loggedIn().length);
    expect(reasons.length).toBeGreaterThan(3);
    expect(reasons.every(({ reason }) => reason === null)).toBe(true);
    expect(errors.length).toBeGreaterThan(0);
    for (const { path, extensions } of errors) {
      expect(path?.slice(0, 2)).toEqual(["liveSummary", "reasons"]);
      expect(extensions["code"]).toBe("UPSTREAM_ERROR");
    }
  });

  it.each([
    ['accountId: "no such!"', "accountId"],
    [`accountId: "${accountId}", filter: { reasonIds: ["x"] }`, "filter.reasonIds.0"],
    [`accountId: "${accountId}", filter: { minSecondsInState: -1 }`, "filter.minSecondsInState"],
  ])("refuses bad input before any call: %s", async (args, path) => {
    const error = errorOf(await gateway.query(`{ liveSummary(${args}) { totalCount } }`));
    expect(error.extensions["code"]).toBe("BAD_USER_INPUT");
    expect(error.extensions["validationErrors"]).toMatchObject([{ path }]);
    expect(total()).toBe(0);
  });

  describe("the count of a reason's agents", () => {
    const countsOf = async (fields: string) =>
      dataOf(await gateway.query(`{ statusReasons(accountId: "${accountId}") { nodes { id ${fields} } } }`))[
        "statusReasons"
      ] as {
        nodes: { id: string; agentCount: number; agents?: { totalCount: number } }[];
      };

    it("is that of its agents, with one call for all reasons", async () => {
      const { nodes } = await countsOf("agentCount");
      const expected = tally(loggedIn().flatMap(({ reasonId }) => reasonId ?? []));
      expect(nodes.length).toBeGreaterThan(3);
      for (const { id, agentCount } of nodes) expect(agentCount).toBe(expected[id] ?? 0);
      expect(views()).toHaveLength(1);
      expect(total()).toBe(2);
    });

    it("shares the call with the agents themselves", async () => {
      const { nodes } = await countsOf("agentCount agents(limit: 2) { totalCount nodes { name } }");
      for (const { agentCount, agents } of nodes) expect(agentCount).toBe(agents?.totalCount);
      expect(total()).toBe(2);
    });

    it("of a reason looked up by its id needs no lookup of the reason", async () => {
      const representations = [{ __typename: "StatusReason", accountId, id: lunch }];
      const query =
        "query ($r: [_Any!]!) { _entities(representations: $r) { ... on StatusReason { agentCount } } }";
      const atLunch = loggedIn().filter(({ reasonId }) => reasonId === lunch).length;
      expect(dataOf(await gateway.query(query, { r: representations }))).toEqual({
        _entities: [{ agentCount: atLunch }],
      });
      expect(total()).toBe(1);
    });
  });

  describe("beside other fields about the same agents", () => {
    const account = `accountId: "${accountId}"`;

    it("shares one call with pages, reasons and their agents", async () => {
      const data = dataOf(
        await gateway.query(`{
          liveSummary(${account}) { totalCount ${lists} }
          page: liveAgents(${account}, limit: 3) { totalCount nodes { name status { reason { text } } } }
          longest: liveAgents(${account}, orderBy: { by: STATE_TIME, direction: DESC }, limit: 3) { nodes { id } }
          over: liveAgents(${account}, filter: { minSecondsInReason: 1800 }) { totalCount }
          statusReasons(${account}, includeDeleted: true) { nodes { agentCount agents { totalCount } } }
        }`),
      );
      expect(data["page"]).toMatchObject({ totalCount: loggedIn().length });
      expect(views()).toHaveLength(1);
      expect(total()).toBe(2);
    });

    it("shares it with the usage of reasons too, where that is of the same agents", async () => {
      const filter = "filter: { states: [ONLINE, BACK_SOON, AWAY, OFFLINE] }";
      const fields = [
        `liveSummary(${account}, ${filter}) { totalCount states { state agentCount } }`,
        `reasonUsage(${account}, ${filter}) { agentCount usages { agentCount seconds } }`,
        `liveAgents(${account}, ${filter}, limit: 5) { nodes { id name status { state } } }`,
      ];
      const alone = Object.assign(
        {},
        ...(await Promise.all(fields.map(async (field) => dataOf(await gateway.query(`{ ${field} }`))))),
      ) as unknown;
      gateway.emulator.journal.clear();
      expect(dataOf(await gateway.query(`{ ${fields.join(" ")} }`))).toEqual(alone);
      expect(views()).toHaveLength(1);
    });

    it.each([
      ["of the same filter and window", "filter: { states: [AWAY, ONLINE, BACK_SOON] }", "", 1],
      ["of no filter: the usage has those who have logged out, too", "filter: null", "", 2],
      ["of another window", "filter: { states: [AWAY, ONLINE, BACK_SOON] }", ', last: "PT8H"', 2],
      ["of another filter", 'filter: { groupIds: ["-1"], states: [AWAY, ONLINE, BACK_SOON] }', "", 2],
      ["of another filter and window", 'filter: { groupIds: ["-1"] }', ', last: "PT8H"', 3],
    ])("counts, usage, pages and counts of reasons %s", async (_what, filter, window, calls) => {
      const fields = [
        `liveSummary(${account}, ${filter}) ${whole}`,
        `reasonUsage(${account}, ${filter}${window}) { agentCount seconds usages { agentCount seconds } }`,
        `liveAgents(${account}, ${filter}, orderBy: { by: NAME }, limit: 5) { totalCount nodes { id status { state } } }`,
        `statusReasons(${account}, includeDeleted: true) { nodes { id agentCount } }`,
      ];
      const alone: Record<string, unknown> = {};
      for (const field of fields) Object.assign(alone, dataOf(await gateway.query(`{ ${field} }`)));
      gateway.emulator.journal.clear();
      expect(dataOf(await gateway.query(`{ ${fields.join(" ")} }`))).toEqual(alone);
      expect(views()).toHaveLength(calls);
      expect(total()).toBe(calls + 1);
    });

    it("does not share it with other agents or windows", async () => {
      dataOf(
        await gateway.query(`{
          a: liveSummary(${account}) { totalCount }
          b: liveSummary(${account}, filter: { states: [AWAY] }) { totalCount }
          c: liveSummary(${account}, filter: { groupIds: ["-1"] }) { totalCount }
          reasonUsage(${account}, last: "PT1H") { agentCount }
        }`),
      );
      expect(views()).toHaveLength(4);
    });
  });
});
