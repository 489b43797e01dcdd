import {
  emulatorAccountId,
  emulatorAgentIds as ids,
  emulatorEmptyAccountId,
  emulatorGroups,
  emulatorReasonIds as reasons,
  emulatorSecondAccountId,
  emulatorTokens,
} from "../../src/emulator/seed/seed.js";
import type { StatusChangesWire, StatusChangeWire } from "../../src/wire/index.js";

import { jsonIn, machineToken, startedAt, useEmulator } from "./running-emulator.js";
import type { EmulatorResponse } from "./running-emulator.js";

const running = useEmulator();
const dayMs = 24 * 60 * 60 * 1000;
const roster = () => running.emulator.state.account(emulatorAccountId).agents;
const iso = (time: number): string => new Date(time).toISOString();
/** Query parameters; those that are undefined are left out. */
type Query = Record<string, string | number | undefined>;
const pathOf = (query: Query, accountId = emulatorAccountId): string => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries<Query[string]>({ v: "2", source: "test", ...query })) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return `/api/v2/account/${accountId}/status-changes?${parameters.toString()}`;
};
let token = "";
beforeEach(async () => {
  token = await machineToken(running);
});
const ask = (query: Query): Promise<EmulatorResponse> => running.call(pathOf(query), { token });
const found = async (query: Query): Promise<StatusChangesWire> =>
  jsonIn(await ask(query)) as StatusChangesWire;
const month = { from: iso(startedAt - 31 * dayMs), to: iso(startedAt) };

/** What tells two changes apart. */
const key = ({ agentId, time, sequenceNumber, statusType }: StatusChangeWire): string =>
  [agentId, time, sequenceNumber, statusType].join();

test("tells a login, changes and a logout", async () => {
  const lunchAt = startedAt + 60_000;
  const outAt = startedAt + 120_000;
  const reason = { statusReasonId: -1, statusReasonText: null };
  running.now = startedAt + 1000;
  roster().setStatus(ids.neverLoggedIn, "ONLINE");
  running.now = lunchAt;
  roster().setStatus(ids.neverLoggedIn, "AWAY", reasons.lunch);
  running.now = outAt;
  roster().setStatus(ids.neverLoggedIn, "OFFLINE");
  roster().setStatus(ids.neverLoggedIn, "OFFLINE");
  running.now = outAt + 1000;

  const agent = roster().get(ids.neverLoggedIn);
  const login = { time: iso(startedAt + 1000), sessionId: -1, prevStatusChangeTime: null, ...reason };
  const session = Math.floor(startedAt / 1000) + 1;
  const none = { statusReasonId: -1, statusReasonText: null };
  const everyChange = {
    agentId: Number(agent.id),
    employeeId: `E${agent.id}`,
    agentLoginName: agent.loginName,
    agentUserName: agent.nickname,
    agentGroupId: Number(agent.group.id),
  };
  const { stateChanges, timeframe } = await found({ agentId: agent.id });
  expect(stateChanges).toEqual(
    [
      { ...login, sequenceNumber: -1, statusType: 3, statusSubType: 0 },
      { ...login, sequenceNumber: 1, statusType: 1, statusSubType: 2 },
      {
        time: iso(lunchAt),
        sessionId: session,
        sequenceNumber: 2,
        statusType: 1,
        statusSubType: 4,
        statusReasonId: reasons.lunch,
        statusReasonText: "Lunch",
        prevStatusChangeTime: iso(startedAt + 1000),
      },
      {
        time: iso(outAt),
        sessionId: session,
        sequenceNumber: 3,
        statusType: 1,
        statusSubType: 1,
        ...none,
        prevStatusChangeTime: iso(lunchAt),
      },
      {
        time: iso(outAt),
        sessionId: session,
        sequenceNumber: 4,
        statusType: 4,
        statusSubType: 0,
        ...none,
        prevStatusChangeTime: null,
      },
    ].map((change) => ({ ...everyChange, ...change })),
  );
  expect(timeframe).toEqual({ startTime: iso(outAt + 1000 - dayMs), endTime: iso(outAt + 1000) });
});

test("says in several ways that there is no reason", async () => {
  const { stateChanges } = await found({ groupId: "-1" });
  const logouts = stateChanges.filter(({ statusType }) => statusType === 4);
  expect(new Set(logouts.map(({ statusReasonId }) => statusReasonId))).toEqual(new Set([-1, 0, "", null]));
});

test("finds an agent, an employee, a group or all, in the order of time", async () => {
  const of = (agentIds: readonly string[]) => new Set(agentIds.map(Number));
  const agentsIn = async (query: Query) => {
    const { stateChanges } = await found({ limit: 5000, ...query });
    const times = stateChanges.map(({ time }) => Date.parse(time));
    expect(times).toEqual(times.toSorted((left, right) => left - right));
    return new Set(stateChanges.map(({ agentId }) => agentId));
  };
  expect(await agentsIn({ agentId: ids.atLunch })).toEqual(of([ids.atLunch]));
  expect(await agentsIn({ empId: `E${ids.atLunch}` })).toEqual(of([ids.atLunch]));
  expect(await agentsIn({ agentId: "5" })).toEqual(of([]));
  const sales = roster()
    .list()
    .filter(({ group }) => group.id === emulatorGroups[1].id);
  const inSales = await agentsIn({ groupId: emulatorGroups[1].id });
  expect(inSales.size).toBeGreaterThan(20);
  expect([...inSales].filter((id) => !sales.some((agent) => agent.id === String(id)))).toEqual([]);
  expect((await agentsIn({})).size).toBeGreaterThan(200);
});

test("pages through a month, each change once, and tells the same for a part of it", async () => {
  const query = { agentId: ids.online, ...month };
  const { stateChanges: all } = await found(query);
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(all.map(key)).size).toBe(all.length);

  const paged: StatusChangeWire[] = [];
  let next: string | undefined = new URL(pathOf({ ...query, limit: 70 }), running.emulator.origin).href;
  while (next !== undefined) {
    const page = jsonIn(
      await running.call(next.slice(running.emulator.origin.length), { token }),
    ) as StatusChangesWire;
    paged.push(...page.stateChanges);
    next = page._metadata?.references.find(({ rel }) => rel === "next")?.href;
  }
  expect(paged).toEqual(all);

  const half = { from: month.from, to: iso(startedAt - 15 * dayMs) };
  const parts = [half, { from: half.to, to: month.to }].map((part) => found({ ...query, ...part }));
  expect((await Promise.all(parts)).flatMap(({ stateChanges }) => stateChanges)).toEqual(all);
});

test("links to the pages beside this one", async () => {
  const references = async (offset: number) => {
    const { _metadata } = await found({ agentId: ids.online, ...month, limit: 100, offset });
    return _metadata?.references.map(({ rel, href }) => [rel, new URL(href).searchParams.get("offset")]);
  };
  const last = String(
    100 * Math.floor((await found({ agentId: ids.online, ...month })).stateChanges.length / 100),
  );
  expect(await references(0)).toEqual([
    ["self", "0"],
    ["first", "0"],
    ["next", "100"],
    ["last", last],
  ]);
  expect(await references(150)).toContainEqual(["previous", "50"]);
});

test("gives 1000 changes unless told otherwise, and at most 5000", async () => {
  expect((await found({ groupId: "-1", ...month })).stateChanges).toHaveLength(1000);
  expect((await found({ groupId: "-1", ...month, limit: 5000 })).stateChanges).toHaveLength(5000);
});

test("keeps as many changes of an agent as of others, however often it is moved", () => {
  for (let second = 0; second < 2500; second += 1) {
    running.now += 1000;
    roster().setStatus(ids.online, second % 2 === 0 ? "AWAY" : "ONLINE");
  }
  const window = { from: startedAt, to: running.now + 1 };
  const changes = roster().history.changes(roster().get(ids.online), window);
  const kept = changes.filter(({ at }) => at >= startedAt && (at - startedAt) % 1000 === 0);
  expect(kept.length).toBe(1001);
});

test.each<[string, Query, number]>([
  ["no version", { v: undefined }, 400],
  ["the version that groups by agent", { v: "1" }, 400],
  ["no source", { source: undefined }, 400],
  ["an empty source", { source: "" }, 400],
  ["from without to", { from: iso(startedAt - 1) }, 400],
  ["to without from", { to: iso(startedAt) }, 400],
  ["times that end before they begin", { from: month.to, to: month.from }, 400],
  ["a time of no length", { from: month.to, to: month.to }, 400],
  ["a date without a time", { from: "2026-01-10", to: "2026-01-11" }, 400],
  ["a time without a zone", { from: "2026-01-10T00:00:00", to: "2026-01-11T00:00:00" }, 400],
  ["milliseconds", { from: String(startedAt - 1), to: String(startedAt) }, 400],
  ["a time that there is not", { from: "2026-01-10T25:00:00Z", to: "2026-01-11T00:00:00Z" }, 400],
  ["times of other zones", { from: "2026-01-10T00:00:00+02:00", to: "2026-01-11T00:00-05:00" }, 200],
  ["a month", month, 200],
  ["more than a month", { from: iso(startedAt - 31 * dayMs - 1), to: month.to }, 400],
  ["six months ago", { from: iso(startedAt - 184 * dayMs), to: iso(startedAt - 160 * dayMs) }, 200],
  ["a year ago", { from: iso(startedAt - 365 * dayMs), to: iso(startedAt - 364 * dayMs) }, 400],
  ["two agents", { agentId: `${ids.online},${ids.atLunch}` }, 400],
  ["an agent and a group", { agentId: ids.online, groupId: "-1" }, 400],
  ["an agent and an employee", { agentId: ids.online, empId: "E1" }, 400],
  ["a group that is no number", { groupId: "Main" }, 400],
  ["an empty employee", { empId: "" }, 400],
  ["no changes", { limit: "0" }, 400],
  ["5001 changes", { limit: "5001" }, 400],
  ["an offset below zero", { offset: "-1" }, 400],
])("answers to %s", async (_what, query, status) => {
  expect((await ask(query)).status).toBe(status);
});

test.each([
  ["nobody", emulatorAccountId, null, 401],
  ["a user", emulatorAccountId, emulatorTokens.admin, 403],
  ["a user of another account", emulatorAccountId, emulatorTokens.otherAccount, 403],
  ["a client", emulatorAccountId, undefined, 200],
  ["a client of several accounts", emulatorEmptyAccountId, undefined, 200],
  ["a client of another account", emulatorSecondAccountId, undefined, 403],
  ["a client, about an account that there is not", "99999999", undefined, 404],
])("answers to %s", async (_who, accountId, given, status) => {
  const response = await running.call(pathOf({}, accountId), { token: given === undefined ? token : given });
  expect(response.status).toBe(status);
});
