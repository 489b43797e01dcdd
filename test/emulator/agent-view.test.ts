import {
  emulatorAccountId,
  emulatorAgentCount,
  emulatorAgentIds as ids,
  emulatorEmptyAccountId,
  emulatorGroups,
  emulatorReasonIds,
  emulatorSkills,
} from "../../src/emulator/seed/seed.js";
import type { AgentViewRecordWire } from "../../src/wire/agent-view.wire.js";

import { jsonIn, startedAt, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const dayMs = 24 * 60 * 60 * 1000;
const time = { from: startedAt - dayMs, to: startedAt };
const allStatuses = ["ONLINE", "BACK_SOON", "AWAY", "OFFLINE"];
const path = (query = "", accountId = emulatorAccountId): string =>
  `/manager_workspace/api/account/${accountId}/agent_view${query}`;
const allMetrics = [
  "agent_current_status",
  "agent_current_status_start_time",
  "agent_current_status_reason",
  "agent_current_status_reason_start_time",
  "agent_load",
  "active_conversations",
  "assigned_conversations",
  "max_slots",
  "available_slots",
];

interface View {
  metadata: { count: number; self: object; next?: { href: string }; last: { href: string } };
  agentViewRecords: AgentViewRecordWire[];
}

const view = (filters: object, query = "", others: object = {}): Promise<EmulatorResponse> =>
  running.call(path(query), {
    method: "POST",
    body: {
      filters: { time, ...filters },
      includeAgentMetadata: false,
      metricsToRetrieveCurrentValue: allMetrics,
      metricsToRetrieveByTime: [],
      ...others,
    },
  });
const viewed = async (filters: object, query = "", others: object = {}): Promise<View> =>
  jsonIn(await view(filters, query, others)) as View;
const idsIn = ({ agentViewRecords }: View): string[] =>
  agentViewRecords.map(({ agentId }) => String(agentId));

async function recordOf(agentId: string, others: object = {}): Promise<AgentViewRecordWire | undefined> {
  const filters = { agentIds: [agentId], effectiveAgentStatus: allStatuses };
  return (await viewed(filters, "", others)).agentViewRecords[0];
}

describe("a record", () => {
  test("has what was asked for", async () => {
    const agent = running.emulator.state.account(emulatorAccountId).agents.get(ids.atLunch);
    Object.assign(agent, { activeConversations: 3, assignedConversations: 4, maxSlots: 30 });
    expect(await recordOf(ids.atLunch, { includeAgentMetadata: true })).toEqual({
      agentId: ids.atLunch,
      agentGroupId: -1,
      agentCurrentStatus: "AWAY",
      agentCurrentStatusStartTime: startedAt - 1_200_000,
      agentCurrentStatusReasonId: emulatorReasonIds.lunch,
      agentCurrentStatusReasonStartTime: startedAt - 1_198_000,
      activeConversations: 3,
      assignedConversations: 4,
      agentLoad: 0.133,
      maxSlots: 30,
      availableSlots: 26,
      agentMetadata: {
        agentName: agent.name,
        agentNickname: agent.nickname,
        agentLoginName: "agent0@example.com",
        agentGroupName: "Main Group",
        agentPictureUrl: agent.pictureUrl,
        configuredMaxSlots: 30,
        agentSkills: [{ skillId: "2434921912", skillName: "Billing" }],
      },
    });
  });

  test("has no metric and no metadata that was not asked for", async () => {
    const record = await recordOf(ids.atLunch, { metricsToRetrieveCurrentValue: [] });
    expect(record).toEqual({ agentId: ids.atLunch, agentGroupId: -1 });
  });

  test.each<[string, string, object]>([
    ["pastDoubleReason", ids.pastDoubleReason, { agentCurrentStatusReasonId: "9007199254740993" }],
    ["largestReason", ids.largestReason, { agentCurrentStatusReasonId: "9223372036854775807" }],
    ["danglingReasons", ids.danglingReasons[0], { agentCurrentStatusReasonId: "600000001" }],
    ["deletedReason", ids.deletedReason, { agentCurrentStatusReasonId: emulatorReasonIds.deleted }],
    ["tableFieldName", ids.tableFieldName, { agentCurrentStatusReason: emulatorReasonIds.coffeeBreak }],
    ["reasonNotAvailable", ids.reasonNotAvailable, { agentCurrentStatusReasonId: "NA" }],
    ["unknownStatus", ids.unknownStatus, { agentCurrentStatus: "LUNCHING" }],
    ["online", ids.online, { agentCurrentStatus: "ONLINE" }],
    ["occupied", ids.occupied, { agentCurrentStatus: "OCCUPIED" }],
    ["backSoon", ids.backSoon, { agentCurrentStatus: "BACK_SOON" }],
    ["offline", ids.offline, { agentCurrentStatus: "OFFLINE" }],
    ["numericIds", ids.numericIds, { agentId: Number(ids.numericIds) }],
    ["numericPastDouble", ids.numericPastDouble, { agentId: 9007199254740997n }],
  ])("of %s stands for its case", async (_name, agentId, expected) => {
    expect(await recordOf(agentId)).toMatchObject(expected);
  });

  test("has no reason under either name where it is missing", async () => {
    const record = await recordOf(ids.reasonMissing);
    expect(record).not.toHaveProperty("agentCurrentStatusReasonId");
    expect(record).not.toHaveProperty("agentCurrentStatusReason");
  });

  test("spells the ids of skills as numbers where it does so for the agent's", async () => {
    const record = await recordOf(ids.numericIds, { includeAgentMetadata: true });
    expect(record?.agentMetadata?.agentSkills).toEqual([{ skillId: 2434921912, skillName: "Billing" }]);
  });
});

describe("the filters", () => {
  test("let ONLINE, BACK_SOON and AWAY through unless told otherwise, and who cannot be asked for", async () => {
    const { agentViewRecords } = await viewed({ userTypes: ["HUMAN"] }, "?limit=1000");
    const seen = new Set(agentViewRecords.map(({ agentCurrentStatus }) => agentCurrentStatus));
    expect([...seen].sort()).toEqual(["AWAY", "BACK_SOON", "LUNCHING", "OCCUPIED", "ONLINE"]);
  });

  test.each(allStatuses.filter((status) => status !== "AWAY"))("by the status %s", async (status) => {
    const { agentViewRecords } = await viewed({ effectiveAgentStatus: [status] }, "?limit=1000");
    expect(agentViewRecords.length).toBeGreaterThan(5);
    expect(new Set(agentViewRecords.map(({ agentCurrentStatus }) => agentCurrentStatus))).toEqual(
      new Set([status]),
    );
  });

  test("find agents by id, and leave out who is unknown or was not there in the window", async () => {
    const agentIds = [ids.atLunch, ids.online, ids.offline, ids.longOffline, ids.neverLoggedIn, "5"];
    const found = await viewed({ agentIds, effectiveAgentStatus: allStatuses });
    expect(idsIn(found)).toEqual([ids.offline, ids.online, ids.atLunch]);
    expect(found.metadata.count).toBe(3);
  });

  test("leave out who was offline before the window began", async () => {
    const late = { from: startedAt - 60_000, to: startedAt };
    const filters = { agentIds: [ids.offline], effectiveAgentStatus: ["OFFLINE"], time: late };
    expect(idsIn(await viewed(filters))).toEqual([]);
  });

  test("find agents by group", async () => {
    const { agentViewRecords } = await viewed({ agentGroupIds: [emulatorGroups[1].id] });
    expect(agentViewRecords.length).toBeGreaterThan(5);
    expect(agentViewRecords.every(({ agentGroupId }) => agentGroupId === 2434700001)).toBe(true);
  });

  test("find agents by any of several skills", async () => {
    const agentSkillIds = [emulatorSkills[0].id, emulatorSkills[1].id];
    const { agentViewRecords } = await viewed({ agentSkillIds }, "", { includeAgentMetadata: true });
    expect(agentViewRecords.length).toBeGreaterThan(5);
    for (const { agentMetadata } of agentViewRecords) {
      const skills = agentMetadata?.agentSkills?.map(({ skillId }) => String(skillId)) ?? [];
      expect(skills.some((id) => agentSkillIds.includes(id as (typeof agentSkillIds)[number]))).toBe(true);
    }
  });

  test("find agents by user type", async () => {
    expect(idsIn(await viewed({ userTypes: ["BOT"] }))).toEqual([ids.bot]);
  });
});

describe("a window of the past", () => {
  const minute = 60_000;
  const roster = () => running.emulator.state.account(emulatorAccountId).agents;
  const within = async (agentId: string, from: number, to: number): Promise<boolean> => {
    const filters = { agentIds: [agentId], effectiveAgentStatus: allStatuses, time: { from, to } };
    return idsIn(await viewed(filters)).length > 0;
  };

  test("shows who was logged in then, and nobody else", async () => {
    const agent = roster().get(ids.online);
    const [last, ...others] = roster()
      .history.changes(agent, { from: startedAt - 8 * dayMs, to: startedAt })
      .toReversed()
      .filter(({ status }) => status === "OFFLINE");
    if (last === undefined) throw new Error("The agent has not been logged out for a week.");
    expect(others.length).toBeGreaterThan(2);
    expect(await within(ids.online, last.at - 10 * minute, last.at - 5 * minute)).toBe(true);
    expect(await within(ids.online, last.at + minute, last.at + 5 * minute)).toBe(false);
  });

  test("does not show who logged in later for the first time", async () => {
    running.now += 60 * minute;
    roster().setStatus(ids.neverLoggedIn, "ONLINE");
    expect(await within(ids.neverLoggedIn, startedAt, running.now)).toBe(true);
    expect(await within(ids.neverLoggedIn, startedAt, startedAt + 30 * minute)).toBe(false);
  });
});

describe("paging", () => {
  test("gives 50 agents unless told otherwise, and tells how many there are", async () => {
    const { metadata, agentViewRecords } = await viewed({ effectiveAgentStatus: allStatuses });
    expect(agentViewRecords).toHaveLength(50);
    expect(metadata.count).toBeGreaterThan(200);
    expect(metadata.count).toBeLessThan(emulatorAgentCount);
  });

  test("goes by agent id, whichever way it is told", async () => {
    const ascending = idsIn(await viewed({}, "?sort=agentId:asc&limit=1000"));
    expect(ascending[0]).toBe(ids.atLunch);
    expect(ascending.at(-1)).toBe(ids.numericPastDouble);
    expect(idsIn(await viewed({}, "?sort=agentId:desc&limit=1000"))).toEqual(ascending.toReversed());
  });

  test("shows every agent once along the links", async () => {
    const seen: string[] = [];
    let next: string | undefined = "?offset=0&limit=60&sort=agentId:asc";
    while (next !== undefined) {
      const page: View = await viewed({}, next);
      seen.push(...idsIn(page));
      next = page.metadata.next && new URL(page.metadata.next.href).search;
    }
    expect(seen).toEqual(idsIn(await viewed({}, "?limit=1000&sort=agentId:asc")));
  });

  test.each<[string, (record: AgentViewRecordWire) => number | string]>([
    ["agentLoad", ({ agentLoad = NaN }) => agentLoad],
    ["assignedConversations", ({ assignedConversations = NaN }) => assignedConversations],
    ["activeConversations", ({ activeConversations = NaN }) => activeConversations],
    ["agentName", ({ agentMetadata }) => agentMetadata?.agentName ?? ""],
    ["agentStatus", ({ agentCurrentStatus = "" }) => agentCurrentStatus],
    ["maxSlots", ({ maxSlots = NaN }) => maxSlots],
    ["csat", () => 0],
  ])("goes by %s, and shows agents who are equal once", async (field, valueOf) => {
    const seen: AgentViewRecordWire[] = [];
    for (let offset = 0; offset < emulatorAgentCount; offset += 70) {
      const query = `?sort=${field}:desc&limit=70&offset=${offset}`;
      const { agentViewRecords } = await viewed({}, query, { includeAgentMetadata: true });
      seen.push(...agentViewRecords);
    }
    const values = seen.map(valueOf);
    expect(new Set(seen.map(({ agentId }) => agentId)).size).toBe((await viewed({})).metadata.count);
    expect(new Set(values).size).toBeLessThan(values.length);
    values.slice(1).forEach((value, index) => {
      expect(value <= (values[index] ?? value)).toBe(true);
    });
  });

  test("links to itself, the next and the last page", async () => {
    running.emulator.state.account(emulatorEmptyAccountId).agents.addMany(300);
    const call = { method: "POST", body: { filters: { time, effectiveAgentStatus: allStatuses } } };
    const { metadata } = jsonIn(await running.call(path("?limit=10", emulatorEmptyAccountId), call)) as View;
    const href = (offset: number): string =>
      `${running.emulator.origin}${path(`?offset=${offset}&limit=10`, emulatorEmptyAccountId)}`;
    const last = 10 * (Math.ceil(metadata.count / 10) - 1);
    expect(metadata).toMatchObject({
      self: { rel: "self", href: href(0) },
      next: { rel: "next", href: href(10) },
      last: { rel: "last", href: href(last) },
    });
  });

  test("links to no page past the cap", async () => {
    running.emulator.state.account(emulatorAccountId).agents.addMany(3000);
    const { metadata, agentViewRecords } = await viewed({}, "?offset=0&limit=1000");
    expect(agentViewRecords).toHaveLength(1000);
    expect(metadata.count).toBeGreaterThan(2000);
    expect(metadata.next).toBeUndefined();
  });

  test("of an account without agents is empty", async () => {
    const call = { method: "POST", body: { filters: { time } } };
    expect(jsonIn(await running.call(path("", emulatorEmptyAccountId), call))).toMatchObject({
      metadata: { count: 0 },
      agentViewRecords: [],
    });
  });
});

test("an agent who goes to lunch is seen there", async () => {
  running.now += 5000;
  running.emulator.state
    .account(emulatorAccountId)
    .agents.setStatus(ids.online, "AWAY", emulatorReasonIds.lunch);
  expect(await recordOf(ids.online)).toMatchObject({
    agentCurrentStatus: "AWAY",
    agentCurrentStatusStartTime: startedAt + 5000,
    agentCurrentStatusReasonId: emulatorReasonIds.lunch,
  });
});

test("an agent who logs out is still seen within the window", async () => {
  running.emulator.state.account(emulatorAccountId).agents.setStatus(ids.online, "OFFLINE");
  expect(await recordOf(ids.online)).toMatchObject({ agentCurrentStatus: "OFFLINE" });
});
