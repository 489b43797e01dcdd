import { agentDurations } from "../../../src/upstream/api/agent-view.query.js";
import type { AgentDemand, AgentViewFilter } from "../../../src/upstream/api/agent-view.query.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { sendJson, startScriptedUpstream } from "../../support/scripted-upstream.js";
import type { ScriptedUpstream } from "../../support/scripted-upstream.js";
import { fixedOrigin } from "../../../src/upstream/http/service-directory.js";
import { createCaller } from "../../support/upstream-caller.js";
import { createUpstream } from "../../../src/upstream/upstream.js";
import type { Upstream } from "../../../src/upstream/upstream.js";

const startMs = Date.parse("2026-11-25T12:00:00Z");
const allDurations: AgentDemand = { metrics: new Set(), metadata: false, durations: new Set(agentDurations) };

describe("the durations of the agent view", () => {
  let upstream: ScriptedUpstream;
  let client: Upstream;
  let record: object;
  let nowMs = startMs;
  const asked: AgentViewQueryWire[] = [];
  beforeAll(async () => {
    upstream = await startScriptedUpstream((exchange) => {
      let body = "";
      exchange.request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      exchange.request.on("end", () => {
        asked.push(JSON.parse(body) as AgentViewQueryWire);
        sendJson(exchange, { metadata: { count: 1 }, agentViewRecords: [{ agentId: 7, ...record }] });
      });
    });
    client = createUpstream({ directory: fixedOrigin(upstream.origin), apiVersion: "1.0", now: () => nowMs });
  });
  beforeEach(() => {
    nowMs = startMs;
    asked.length = 0;
    record = {};
  });
  afterAll(async () => {
    await client.close();
    await upstream.stop();
  });

  const view = (demand = allDurations, filter: Partial<AgentViewFilter> = {}) =>
    client.agentView.view(
      createCaller().call,
      "1",
      { states: ["AWAY"], ...filter },
      { offset: 0, limit: 9 },
      demand,
    );
  const time = async () => (await view()).agents[0]?.time;

  it("are asked for by name, and not otherwise", async () => {
    await view();
    await view({ ...allDurations, durations: new Set(["online"]) });
    const none = await view({ metrics: new Set(["state"]), metadata: false });
    expect(asked.map(({ metricsToRetrieveByTime }) => metricsToRetrieveByTime)).toEqual([
      [
        "agent_status_duration",
        "agent_status_with_reason_duration",
        "agent_login_duration",
        "agent_online_duration",
      ],
      ["agent_online_duration"],
      [],
    ]);
    expect(none.agents[0]?.time).toBeUndefined();
  });

  it("come as seconds, most first", async () => {
    record = {
      agentStatusDurationList: [
        { agentStatus: "AWAY", agentStatusDuration: 2500 },
        { agentStatus: "ONLINE", agentStatusDuration: 60_000 },
      ],
      agentStatusWithReasonDurationList: [
        { agentStatus: "AWAY", agentStatusDuration: 1000, agentStatusReasonId: "NA" },
        { agentStatus: "AWAY", agentStatusDuration: 1500, agentStatusReasonId: "725987312" },
        { agentStatus: "ONLINE", agentStatusDuration: 60_000 },
      ],
      loginDuration: 62_500,
      onlineDuration: 60_000,
    };
    const accountId = "1";
    expect(await time()).toEqual({
      loggedInSeconds: 62.5,
      onlineSeconds: 60,
      states: [
        { state: "ONLINE", seconds: 60 },
        { state: "AWAY", seconds: 2.5 },
      ],
      reasons: [
        { accountId, state: "ONLINE", reasonId: null, seconds: 60 },
        { accountId, state: "AWAY", reasonId: "725987312", seconds: 1.5 },
        { accountId, state: "AWAY", reasonId: null, seconds: 1 },
      ],
    });
  });

  it("of one state or reason are summed, and of unknown states too", async () => {
    record = {
      agentStatusDurationList: [
        { agentStatus: "LUNCHING", agentStatusDuration: 1000 },
        { agentStatus: "back soon", agentStatusDuration: 1000 },
        { agentStatus: "BACK_SOON", agentStatusDuration: 2000 },
        { agentStatus: "NAPPING", agentStatusDuration: 3000 },
      ],
      agentStatusWithReasonDurationList: [
        { agentStatus: "AWAY", agentStatusDuration: 1000, agentStatusReasonId: 5 },
        { agentStatus: "AWAY", agentStatusDuration: 2000, agentStatusReasonId: "5" },
        { agentStatus: "BACK_SOON", agentStatusDuration: 500, agentStatusReasonId: "5" },
      ],
    };
    const { states, reasons } = (await time()) ?? {};
    expect(states).toEqual([
      { state: "UNKNOWN", seconds: 4 },
      { state: "BACK_SOON", seconds: 3 },
    ]);
    expect(reasons?.map(({ state, reasonId, seconds }) => [state, reasonId, seconds])).toEqual([
      ["AWAY", "5", 3],
      ["BACK_SOON", "5", 0.5],
    ]);
  });

  it.each([
    ["nothing", {}],
    ["no lists", { agentStatusDurationList: {}, agentStatusWithReasonDurationList: "x", loginDuration: "1" }],
    [
      "entries that are none",
      {
        agentStatusDurationList: [
          null,
          5,
          {},
          { agentStatus: "AWAY" },
          { agentStatus: 5, agentStatusDuration: 1 },
          { agentStatus: "AWAY", agentStatusDuration: -1 },
          { agentStatus: "AWAY", agentStatusDuration: "1" },
        ],
        loginDuration: -5,
        onlineDuration: null,
      },
    ],
  ])("that are %s are left out", async (_case, odd) => {
    record = odd;
    const nothing = { loggedInSeconds: null, onlineSeconds: null, states: [], reasons: [] };
    expect(await time()).toEqual(nothing);
  });

  it("are of the window, which the view tells, and of when it was received", async () => {
    nowMs = startMs + 30_000;
    const last = await view(allDurations, { window: { lastMs: 1_800_000 } });
    const day = await view();
    expect(last).toMatchObject({
      observedAtMs: nowMs,
      time: { from: startMs - 1_800_000, to: nowMs },
    });
    expect(asked.map(({ filters }) => filters.time)).toEqual([last.time, day.time]);
    nowMs += 1;
    const again = await view();
    expect(again.agents).toBe(day.agents);
    expect(again.observedAtMs).toBe(nowMs);
  });

  it("of one window are read once by callers who ask for them together", async () => {
    const windows = [{ lastMs: 60_000 }, { lastMs: 60_000 }, { lastMs: 120_000 }, undefined];
    const { call } = createCaller();
    await Promise.all(
      windows.map((window) => {
        nowMs += 1;
        const filter = { states: ["AWAY"] as const, window };
        return client.agentView.view(call, "1", filter, { offset: 0, limit: 9 }, allDurations);
      }),
    );
    expect(asked).toHaveLength(3);
  });
});
