import { startTestGateway, dataOf } from "../../support/gateway.js";
import type { TestGateway } from "../../support/gateway.js";
import { startScriptedUpstream } from "../../support/scripted-upstream.js";
import type { ScriptedUpstream } from "../../support/scripted-upstream.js";

const reason = (id: unknown, more: object = {}) => ({
  id,
  text: `Reason ${String(id)}`,
  state: "Away",
  enabled: true,
  deleted: false,
  ...more,
});

/** What an error is about, and what it says. */
const where = ({ path, extensions }: { path?: readonly unknown[]; extensions: Record<string, unknown> }) => [
  path?.join("."),
  extensions["code"],
];

describe("an answer with odd records", () => {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  let reasons: readonly unknown[];
  let agents: readonly unknown[];
  let metadata: object;
  beforeEach(async () => {
    [reasons, agents, metadata] = [[], [], {}];
    upstream = await startScriptedUpstream(({ request, response }) => {
      const isView = request.url?.includes("agent_view") === true;
      const body = JSON.stringify(isView ? { metadata, agentViewRecords: agents } : reasons);
      // Digits past 2^53, which JSON.stringify cannot write.
      response.writeHead(200, { "ac-revision": "5" }).end(body.replace(/"long:(\S+?)"/g, "$1"));
    });
    gateway = await startTestGateway({ UPSTREAM: upstream.origin });
  });
  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  const metricOf = async (operation: string) => {
    const text = await (await fetch(`${gateway.origin}/metrics`)).text();
    return new RegExp(`odd_records_total\\{.*"${operation}"\\} (\\d+)`).exec(text)?.[1];
  };
  const warnings = () => gateway.log.lines().filter(({ level }) => level === 40);

  it.each<[string, unknown]>([
    ["no object", null],
    ["a list", [[]]],
    ["a text", "secret bytes"],
    ["a null id", reason(null)],
    ["no id", reason(undefined)],
    ["an id that is no number", reason("7 25")],
    ["a null text", reason(3, { text: null })],
    ["a number for a text", reason(3, { text: 5 })],
    ["no state", reason(3, { state: undefined })],
    ["a word for a flag", reason(3, { enabled: "yes" })],
  ])("lists all reasons but the one that is %s", async (_what, odd) => {
    reasons = [reason(1), odd, reason(2)];
    const query = `{ statusReasons(accountId: "12345678") { revision totalCount nodes { id } } }`;
    for (let time = 0; time < 2; time += 1) {
      expect(dataOf(await gateway.query(query))).toEqual({
        statusReasons: { revision: "5", totalCount: 2, nodes: [{ id: "1" }, { id: "2" }] },
      });
    }
    expect(warnings()).toMatchObject([
      { accountId: "12345678", service: "accountConfigReadOnly", operation: "listStatusReasons", count: 1 },
    ]);
    expect(gateway.log.text()).not.toContain("secret bytes");
    expect(await metricOf("listStatusReasons")).toBe("2");
  });

  it("is an error for the reason that was asked for by its id, and for no other", async () => {
    reasons = [reason(1), reason(2, { text: null })];
    const answer = await gateway.query(`{
      good: statusReason(accountId: "12345678", id: "1") { text }
      odd: statusReason(accountId: "12345678", id: "2") { text }
      absent: statusReason(accountId: "12345678", id: "3") { text }
    }`);
    expect(answer.data).toEqual({ good: { text: "Reason 1" }, odd: null, absent: null });
    expect(answer.errors.map(where)).toEqual([["odd", "UPSTREAM_INVALID_RESPONSE"]]);
  });

  it("is an error for a reason that may be the one whose id cannot be read", async () => {
    reasons = [reason(1), reason(null)];
    const answer = await gateway.query(`{
      good: statusReason(accountId: "12345678", id: "1") { text }
      missing: statusReason(accountId: "12345678", id: "2") { text }
    }`);
    expect(answer.data).toEqual({ good: { text: "Reason 1" }, missing: null });
    expect(answer.errors.map(where)).toEqual([["missing", "UPSTREAM_INVALID_RESPONSE"]]);
  });

  const agentQuery = `{ agents(accountId: "12345678", ids: ["1", "2", "3"]) { id name status { state } } }`;

  it.each<[string, unknown]>([
    ["a null id", { agentId: null }],
    ["no id", { agentCurrentStatus: "AWAY" }],
    ["no object", null],
    ["an id past 64 bits", { agentId: "9223372036854775808" }],
  ])("is an error for the agent that is missing where there is one with %s", async (_what, odd) => {
    agents = [
      { agentId: "1", agentCurrentStatus: "AWAY" },
      odd,
      { agentId: 3, agentCurrentStatus: "ONLINE" },
    ];
    const { data, errors } = await gateway.query(agentQuery);
    expect(data).toEqual({
      agents: [
        { id: "1", name: null, status: { state: "AWAY" } },
        { id: "2", name: null, status: null },
        { id: "3", name: null, status: { state: "ONLINE" } },
      ],
    });
    expect(errors.map(where)).toEqual([
      ["agents.1.name", "UPSTREAM_INVALID_RESPONSE"],
      ["agents.1.status", "UPSTREAM_INVALID_RESPONSE"],
    ]);
    expect(await metricOf("viewAgents")).toBe("1");
  });

  it("counts the agents that the upstream counts, and shows those that can be read", async () => {
    agents = [{ agentId: "1" }, { agentId: null }, { agentId: "3" }];
    metadata = { count: 40 };
    const query = `{ liveAgents(accountId: "12345678", limit: 3) { totalCount truncated nodes { id name } } }`;
    const live = {
      truncated: false,
      nodes: [
        { id: "1", name: null },
        { id: "3", name: null },
      ],
    };
    expect(dataOf(await gateway.query(query))).toEqual({ liveAgents: { ...live, totalCount: 40 } });
    metadata = {};
    const last = query.replace("limit: 3", "limit: 4");
    expect(dataOf(await gateway.query(last))).toEqual({ liveAgents: { ...live, totalCount: 3 } });
    expect(warnings()).toHaveLength(1);
  });

  it.each(["7", null, -7, 1.5, 2 ** 31, 1e300])("takes a count of %j for none", async (count) => {
    agents = [{ agentId: "1" }];
    metadata = { count };
    const query = `{ liveAgents(accountId: "12345678") { totalCount truncated nodes { id } } }`;
    const live = { totalCount: 1, truncated: false, nodes: [{ id: "1" }] };
    expect(dataOf(await gateway.query(query))).toEqual({ liveAgents: live });
  });

  const status = `status { state since reason { id } reasonSince load activeConversations assignedConversations maxSlots
    availableSlots }`;
  const everything = `{ liveAgents(accountId: "12345678") { nodes {
    id name nickname loginName pictureUrl group { id name } skills { id name } ${status} } } }`;

  it.each<[string, Record<string, unknown>, object]>([
    ["a text for a load", { agentLoad: "0.5" }, { load: null }],
    ["a load without end", { agentLoad: "long:1e400" }, { load: null }],
    [
      "a load with many digits",
      { agentLoad: "long:0.13333333333333333333", spare: "long:9007199254740993" },
      { load: 0.13333333333333333 },
    ],
    ["a load past 1", { agentLoad: 1.18 }, { load: 1.18 }],
    [
      "counts that are none",
      { activeConversations: "NaN", assignedConversations: 1.5, maxSlots: 2 ** 40, availableSlots: [] },
      { activeConversations: null, assignedConversations: null, maxSlots: null, availableSlots: null },
    ],
    ["a count past 64 bits", { maxSlots: "long:99999999999999999999" }, { maxSlots: null }],
    [
      "times that are none",
      { agentCurrentStatusStartTime: "yesterday", agentCurrentStatusReasonStartTime: 1e300 },
      { since: null, reasonSince: null },
    ],
    [
      "times that no date has",
      { agentCurrentStatusStartTime: -1, agentCurrentStatusReasonStartTime: 8.64e15 },
      { since: null, reasonSince: null },
    ],
    ["a reason that is no id", { agentCurrentStatusReasonId: {} }, { reason: null }],
    ["a number for a state", { agentCurrentStatus: 4 }, { state: "UNKNOWN" }],
    ["a null state", { agentCurrentStatus: null }, { state: "UNKNOWN" }],
  ])("shows an agent with %s", async (_what, wire, expected) => {
    agents = [
      { agentId: 1, agentCurrentStatus: "AWAY", ...wire },
      { agentId: 2, agentCurrentStatus: "ONLINE" },
    ];
    const { liveAgents } = dataOf(await gateway.query(everything));
    expect(liveAgents).toMatchObject({
      nodes: [
        { id: "1", status: expected },
        { id: "2", status: { state: "ONLINE" } },
      ],
    });
    expect(warnings()).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, object]>([
    [
      "null skills",
      { agentMetadata: { agentSkills: [null, { skillId: 7, skillName: "French" }, { skillId: null }, 5] } },
      { skills: [{ id: "7", name: "French" }] },
    ],
    [
      "odd skills",
      { agentMetadata: { agentSkills: [{ skillId: 1.5 }, { skillId: "" }, { skillId: 8, skillName: 8 }] } },
      { skills: [{ id: "8", name: null }] },
    ],
    [
      "skills that are no list",
      { agentMetadata: { agentName: "Ann", agentSkills: {} } },
      { name: "Ann", skills: [] },
    ],
    ["metadata that is none", { agentMetadata: "Ann" }, { name: null, skills: [] }],
    [
      "names that are none",
      { agentMetadata: { agentName: 5, agentNickname: null, agentLoginName: [], agentPictureUrl: {} } },
      { name: null, nickname: null, loginName: null, pictureUrl: null },
    ],
    ["a group that is none", { agentGroupId: {} }, { group: null }],
    ["half a character in its name", { agentMetadata: { agentName: "\ud800" } }, { name: "\ud800" }],
  ])("shows an agent with %s too", async (_what, wire, expected) => {
    agents = [{ agentId: 1, agentCurrentStatus: "AWAY", ...wire }];
    const { liveAgents } = dataOf(await gateway.query(everything));
    expect(liveAgents).toMatchObject({ nodes: [{ id: "1", ...expected, status: { state: "AWAY" } }] });
  });

  it.each(["null", "{}", '{"agentViewRecords":null}', '{"agentViewRecords":{}}', "[]"])(
    "is an error where it is as a whole %s",
    async (body) => {
      await upstream.stop();
      upstream = await startScriptedUpstream(({ response }) => response.writeHead(200).end(body));
      const other = await startTestGateway({ UPSTREAM: upstream.origin });
      const { errors } = await other.query(everything);
      await other.stop();
      expect(errors.map(where)).toEqual([["liveAgents", "UPSTREAM_INVALID_RESPONSE"]]);
    },
  );
});
