import fc from "fast-check";

import {
  emulatorAccountId,
  emulatorAgentIds as ids,
  emulatorReasonIds as reasons,
} from "../../src/emulator/seed/seed.js";
import type { AgentViewRecordWire, StatusChangesWire } from "../../src/wire/index.js";

import { jsonIn, machineToken, startedAt, useEmulator } from "./running-emulator.js";

const running = useEmulator();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const allMetrics = [
  "agent_status_duration",
  "agent_status_with_reason_duration",
  "agent_login_duration",
  "agent_online_duration",
];
const roster = () => running.emulator.state.account(emulatorAccountId).agents;

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The agent's record in the view; undefined if the agent was not there in the window. */
async function durationsOf(
  agentId: string,
  time: Window,
  metrics: readonly string[] = allMetrics,
): Promise<AgentViewRecordWire | undefined> {
  const response = await running.call(`/manager_workspace/api/account/${emulatorAccountId}/agent_view`, {
    method: "POST",
    body: {
      filters: {
        time,
        agentIds: [agentId],
        effectiveAgentStatus: ["ONLINE", "BACK_SOON", "AWAY", "OFFLINE"],
      },
      includeAgentMetadata: false,
      metricsToRetrieveCurrentValue: [],
      metricsToRetrieveByTime: metrics,
    },
  });
  return (jsonIn(response) as { agentViewRecords: AgentViewRecordWire[] }).agentViewRecords[0];
}

describe("durations", () => {
  const lastHour = (): Window => ({ from: running.now - hour, to: running.now });

  test("are those of the statuses in the window", async () => {
    roster().setStatus(ids.online, "AWAY", reasons.lunch);
    running.now += 30 * minute;
    roster().setStatus(ids.online, "ONLINE");
    running.now += 10 * minute;
    expect(await durationsOf(ids.online, lastHour())).toEqual({
      agentId: ids.online,
      agentGroupId: expect.any(Number) as unknown,
      agentStatusDurationList: [
        { agentStatus: "ONLINE", agentStatusDuration: 30 * minute },
        { agentStatus: "AWAY", agentStatusDuration: 30 * minute },
      ],
      agentStatusWithReasonDurationList: [
        { agentStatus: "ONLINE", agentStatusDuration: 30 * minute },
        { agentStatus: "AWAY", agentStatusDuration: 30 * minute, agentStatusReasonId: reasons.lunch },
      ],
      loginDuration: hour,
      onlineDuration: 30 * minute,
    });
  });

  test("are only those that were asked for", async () => {
    const none = { agentId: ids.online, agentGroupId: expect.any(Number) as unknown };
    expect(await durationsOf(ids.online, lastHour(), [])).toEqual(none);
    const asked = await durationsOf(ids.online, lastHour(), ["agent_login_duration"]);
    expect(asked).toEqual({ ...none, loginDuration: hour });
  });

  test.each([
    ["numericIds", ids.numericIds, Number(reasons.lunch)],
    ["pastDoubleReason", ids.pastDoubleReason, reasons.pastDouble],
    ["numericPastDouble", ids.numericPastDouble, Number(reasons.lunch)],
    ["reasonNotAvailable", ids.reasonNotAvailable, "NA"],
    ["reasonMissing", ids.reasonMissing, undefined],
  ])("have the reason in the spelling of %s", async (_name, agentId, reasonId) => {
    const fewMinutes = { from: running.now - 5 * minute, to: running.now };
    const record = await durationsOf(agentId, fewMinutes);
    expect(record?.agentStatusWithReasonDurationList).toEqual([
      {
        agentStatus: "AWAY",
        agentStatusDuration: 5 * minute,
        ...(reasonId === undefined ? {} : { agentStatusReasonId: reasonId }),
      },
    ]);
  });

  test("are of whole minutes around the window, and up to a minute old", async () => {
    running.now += 30_000;
    const asked = { from: startedAt - 10 * minute + 20_000, to: startedAt - 5 * minute + 1 };
    expect(await durationsOf(ids.online, asked)).toMatchObject({ loginDuration: 6 * minute });
    const untilNow = { from: startedAt - 10 * minute, to: running.now };
    expect(await durationsOf(ids.online, untilNow)).toMatchObject({ loginDuration: 10 * minute });
  });

  test("end at a logout, and begin at a login", async () => {
    running.now += 5 * minute;
    roster().setStatus(ids.online, "OFFLINE");
    running.now += 20 * minute;
    roster().setStatus(ids.online, "ONLINE");
    running.now += 10 * minute;
    const window = { from: startedAt, to: running.now };
    expect(await durationsOf(ids.online, window)).toMatchObject({ loginDuration: 15 * minute });
  });

  test("of agents who are logged out are those before the logout", async () => {
    const window = { from: startedAt - hour - 5 * minute, to: startedAt };
    expect(await durationsOf(ids.offline, window)).toMatchObject({ loginDuration: 5 * minute });
  });

  test("are not there for bots, and 0 in the future", async () => {
    expect(Object.keys((await durationsOf(ids.bot, lastHour())) ?? {})).toEqual(["agentId", "agentGroupId"]);
    const future = { from: running.now + hour, to: running.now + 2 * hour };
    expect(await durationsOf(ids.online, future)).toMatchObject({
      agentStatusDurationList: [],
      agentStatusWithReasonDurationList: [],
      loginDuration: 0,
      onlineDuration: 0,
    });
  });

  test("go back 14 days for all agents, from the same past for the same seed", async () => {
    const window = { from: startedAt - 14 * day, to: startedAt - 13 * day };
    const total = (): number =>
      roster()
        .list()
        .flatMap((agent) => roster().history.changes(agent, window))
        .reduce((sum, { at }) => sum + at, 0);
    const before = total();
    running.emulator.reset();
    expect(total()).toBe(before);
    expect(await durationsOf(ids.neverLoggedIn, window)).toBeUndefined();
  });
});

/** The codes of the Agent Activity API, by the statuses of the agent view. */
const codes = new Map([
  ["ONLINE", 2],
  ["OCCUPIED", 3],
  ["BACK_SOON", 3],
  ["AWAY", 4],
  ["LUNCHING", 9],
]);

/** Milliseconds by status and reason, such as `4 725987312` or `2 none`. */
type Times = Record<string, number>;

/** The times of a window, from what the other API says: the changes, added up one after the other. */
async function timesByActivity(agentId: string, { from, to }: Window, token: string): Promise<Times> {
  const early = new Date(from - 10 * day).toISOString();
  const path = `/api/v2/account/${emulatorAccountId}/status-changes?v=2&source=test&limit=5000`;
  const response = await running.call(
    `${path}&agentId=${agentId}&from=${early}&to=${new Date(to).toISOString()}`,
    { token },
  );
  const changes = (jsonIn(response) as StatusChangesWire).stateChanges.filter(
    ({ statusType }) => statusType === 1,
  );
  const times: Times = {};
  for (const [index, { time, statusSubType, statusReasonId }] of changes.entries()) {
    const next = changes[index + 1]?.time;
    const start = Math.max(from, Date.parse(time));
    const end = Math.min(to, next === undefined ? to : Date.parse(next));
    if (statusSubType === 1 || end <= start) continue;
    const isNone = [-1, 0, "", null, undefined].includes(statusReasonId as number);
    const key = `${statusSubType} ${isNone ? "none" : String(statusReasonId)}`;
    times[key] = (times[key] ?? 0) + end - start;
  }
  return times;
}

function timesByView(record: AgentViewRecordWire | undefined): Times {
  const times: Times = {};
  for (const entry of record?.agentStatusWithReasonDurationList ?? []) {
    const { agentStatusReasonId: id = "NA" } = entry;
    const key = `${codes.get(entry.agentStatus)} ${id === "NA" ? "none" : String(id)}`;
    times[key] = (times[key] ?? 0) + entry.agentStatusDuration;
  }
  return times;
}

const sumOf = (durations: readonly { readonly agentStatusDuration: number }[] = []): number =>
  durations.reduce((sum, { agentStatusDuration }) => sum + agentStatusDuration, 0);

interface Scene {
  readonly agentId: string;
  readonly moves: readonly {
    readonly seconds: number;
    readonly status: string;
    readonly reasonId: string | undefined;
  }[];
  readonly endsMinutesAgo: number;
  readonly minutes: number;
}

test("durations add up, and are those of the changes that the Agent Activity API tells", async () => {
  const agentIds = Array.from({ length: 60 }, (_, number) => String(2_434_634_412 + 3 * number));
  const move = fc.record({
    seconds: fc.integer({ min: 0, max: 3 * 3600 }),
    status: fc.constantFrom("ONLINE", "AWAY", "BACK_SOON", "OCCUPIED", "OFFLINE", "LUNCHING"),
    reasonId: fc.constantFrom(undefined, reasons.lunch, reasons.pastDouble),
  });
  const scene: fc.Arbitrary<Scene> = fc.record({
    agentId: fc.constantFrom(...agentIds.filter((id) => id !== ids.bot && id !== "2434634466")),
    moves: fc.array(move, { maxLength: 8 }),
    endsMinutesAgo: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 13 * 24 * 60 - 10 })),
    minutes: fc.integer({ min: 1, max: 24 * 60 }),
  });
  const check = async ({ agentId, moves, endsMinutesAgo, minutes }: Scene) => {
    running.reset();
    for (const { seconds, status, reasonId } of moves) {
      running.now += seconds * 1000;
      roster().setStatus(agentId, status, status === "OFFLINE" ? undefined : reasonId);
    }
    running.now = minute * Math.ceil(running.now / minute);
    const to = running.now - endsMinutesAgo * minute;
    const window = { from: to - minutes * minute, to };

    const record = await durationsOf(agentId, window);
    const expected = await timesByActivity(agentId, window, await machineToken(running));
    expect(timesByView(record)).toEqual(expected);
    if (record === undefined) return;
    expect(sumOf(record.agentStatusWithReasonDurationList)).toBe(record.loginDuration);
    expect(sumOf(record.agentStatusDurationList)).toBe(record.loginDuration);
    for (const { agentStatus, agentStatusDuration } of record.agentStatusDurationList ?? []) {
      const byReason = record.agentStatusWithReasonDurationList?.filter(
        (entry) => entry.agentStatus === agentStatus,
      );
      expect(sumOf(byReason)).toBe(agentStatusDuration);
    }
    const online = record.agentStatusDurationList?.filter(({ agentStatus }) => agentStatus === "ONLINE");
    expect(sumOf(online)).toBe(record.onlineDuration);
  };
  await fc.assert(fc.asyncProperty(scene, check), { numRuns: 100 });
});
