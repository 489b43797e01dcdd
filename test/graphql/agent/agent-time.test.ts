import {
  emulatorAccountId as accountId,
  emulatorAgentIds,
  emulatorReasonIds,
} from "../../../src/emulator/seed/seed.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const { online, atLunch, neverLoggedIn } = emulatorAgentIds;
const { lunch, coffeeBreak } = emulatorReasonIds;

const minuteMs = 60_000;
const startMs = Date.parse("2026-11-25T12:00:00Z");
const at = (ms: number) => new Date(ms).toISOString();

interface Time {
  readonly from: string;
  readonly to: string;
  readonly loggedInSeconds: number;
  readonly onlineSeconds: number;
  readonly states: readonly { readonly state: string; readonly seconds: number }[];
  readonly reasons: readonly {
    readonly state: string;
    readonly seconds: number;
    readonly reason: { readonly text: string } | null;
  }[];
}

const variableTypes = { ids: "[ID!]!", last: "Duration", from: "DateTimeISO", to: "DateTimeISO" };

/** A query of one field, with the variables that it uses. */
function withVariables(field: string): string {
  const used = Object.entries(variableTypes).filter(([name]) => field.includes(`$${name}`));
  const definitions = used.map(([name, type]) => `$${name}: ${type}`).join(", ");
  return `query ${definitions && `(${definitions})`} { ${field} }`;
}

const wholeTime = `{
  from to loggedInSeconds onlineSeconds states { state seconds } reasons { state seconds reason { text } }
}`;

describe("times of agents", () => {
  let nowMs = startMs;
  const gateway = useTestGateway({}, { now: () => nowMs });
  beforeEach(() => {
    nowMs = startMs;
  });

  const views = () => gateway.emulator.journal.select({ path: "agent_view" });
  const queries = () => views().map(({ body }) => JSON.parse(body) as AgentViewQueryWire);
  const total = () => gateway.emulator.journal.requests.length;
  const roster = () => gateway.emulator.state.account(accountId).agents;
  const one = (id: string, selection: string, variables = {}) =>
    gateway.query(withVariables(`agent(accountId: "${accountId}", id: "${id}") { ${selection} }`), variables);
  const timeOf = async (id: string, args = "", variables = {}) => {
    const { agent } = dataOf(await one(id, `time${args} ${wholeTime}`, variables));
    return (agent as { time: Time | null }).time;
  };
  /** An agent who was 20 minutes at lunch, then 10 at coffee, and since then 30 ONLINE. */
  const hadBreaks = () => {
    nowMs = startMs - 60 * minuteMs;
    roster().setStatus(online, "AWAY", lunch);
    nowMs = startMs - 40 * minuteMs;
    roster().setStatus(online, "AWAY", coffeeBreak);
    nowMs = startMs - 30 * minuteMs;
    roster().setStatus(online, "ONLINE");
    nowMs = startMs;
  };

  describe("of a status", () => {
    it("are counted up to when the gateway saw it", async () => {
      roster().setStatus(online, "AWAY", lunch);
      nowMs = startMs + 90_500;
      const { agent } = dataOf(
        await one(online, "status { observedAt stateSeconds reasonSeconds reason { text } }"),
      );
      expect(agent).toEqual({
        status: {
          observedAt: at(nowMs),
          stateSeconds: 90.5,
          reasonSeconds: 90.5,
          reason: { text: "Lunch" },
        },
      });
      expect(queries()[0]?.metricsToRetrieveCurrentValue).toEqual([
        "agent_current_status_start_time",
        "agent_current_status_reason",
        "agent_current_status_reason_start_time",
      ]);
    });

    it("are null where it has no start, and never negative", async () => {
      const status = { agentId: online, agentCurrentStatusStartTime: startMs + 5000 };
      gateway.emulator.faults.add({
        status: 200,
        body: JSON.stringify({ metadata: { count: 1 }, agentViewRecords: [status] }),
      });
      const { agent } = dataOf(await one(online, "status { observedAt stateSeconds reasonSeconds }"));
      expect(agent).toEqual({ status: { observedAt: at(startMs), stateSeconds: 0, reasonSeconds: null } });
    });

    it("are of each observation, also where the upstream sends the same bytes", async () => {
      roster().setStatus(atLunch, "AWAY", lunch);
      const seconds = async () => {
        const query = `{
          reason: statusReason(accountId: "${accountId}", id: "${lunch}") { agents(limit: 1000) { nodes { id status { stateSeconds } } } }
          live: liveAgents(accountId: "${accountId}", filter: { states: [AWAY] }, limit: 1000) { nodes { id status { stateSeconds } } }
          _entities(representations: [{ __typename: "Agent", accountId: "${accountId}", id: "${atLunch}" }]) {
            ... on Agent { id status { stateSeconds } }
          }
        }`;
        const text = JSON.stringify(dataOf(await gateway.query(query)));
        return [...text.matchAll(new RegExp(`"${atLunch}","status":{"stateSeconds":([\\d.]+)}`, "g"))].map(
          ([, value]) => Number(value),
        );
      };
      expect(await seconds()).toEqual([0, 0, 0]);
      nowMs = startMs + 7000;
      expect(await seconds()).toEqual([7, 7, 7]);
    });
  });

  describe("of a window", () => {
    it("are logged in, online, by state, and by state and reason", async () => {
      hadBreaks();
      expect(await timeOf(online, '(last: "PT1H")')).toEqual({
        from: at(startMs - 60 * minuteMs),
        to: at(startMs),
        loggedInSeconds: 3600,
        onlineSeconds: 1800,
        states: [
          { state: "AWAY", seconds: 1800 },
          { state: "ONLINE", seconds: 1800 },
        ],
        reasons: [
          { state: "ONLINE", seconds: 1800, reason: null },
          { state: "AWAY", seconds: 1200, reason: { text: "Lunch" } },
          { state: "AWAY", seconds: 600, reason: { text: "Coffee break" } },
        ],
      });
    });

    it.each<[string, string, object, number]>([
      ["the last half hour", '(last: "PT30M")', {}, 0],
      ["the last 45 minutes", "(last: $last)", { last: "PT45M" }, 15],
      ["the last 2700 seconds", "(last: $last)", { last: "PT2700S" }, 15],
      ["since an instant", "(from: $from)", { from: at(startMs - 35 * minuteMs) }, 5],
      [
        "between two instants",
        "(from: $from, to: $to)",
        { from: at(startMs - 50 * minuteMs), to: at(startMs - 35 * minuteMs) },
        15,
      ],
    ])("are of %s", async (_case, args, variables, awayMinutes) => {
      hadBreaks();
      const { states = [] } = (await timeOf(online, args, variables)) ?? {};
      expect(states.find(({ state }) => state === "AWAY")?.seconds ?? 0).toBe(awayMinutes * 60);
      expect(views()).toHaveLength(1);
    });

    it("that is not said is of the last 24 hours", async () => {
      hadBreaks();
      const windows = ["", '(last: "PT24H")', '(last: "P1D")', "(last: $last)", "(last: null, from: null)"];
      const times = await Promise.all(windows.map((args) => timeOf(online, args)));
      expect(new Set(times.map((time) => JSON.stringify(time))).size).toBe(1);
      expect(times[0]).toMatchObject({ from: at(startMs - 1440 * minuteMs), to: at(startMs) });
    });

    it("are null for an agent out of it", async () => {
      expect(await timeOf(neverLoggedIn)).toBeNull();
      expect(await timeOf(neverLoggedIn, '(last: "PT1H")')).toBeNull();
    });
  });

  describe("counted at the upstream", () => {
    const many = (ids: readonly string[], selection: string, variables = {}) =>
      gateway.query(withVariables(`agents(accountId: "${accountId}", ids: $ids) { ${selection} }`), {
        ids,
        ...variables,
      });
    const agentIds = (count: number) => {
      roster().addMany(Math.max(0, count - roster().list().length));
      return roster()
        .list()
        .slice(0, count)
        .map(({ id }) => id);
    };
    const status = "status { state reason { text } }";

    it.each<[string, number, string, object, number]>([
      ["times of the default window ride along", 100, `${status} time ${wholeTime}`, {}, 1],
      [
        "they do where a variable names it",
        100,
        `${status} time(last: $last) ${wholeTime}`,
        { last: "PT24H" },
        1,
      ],
      ["they do where a variable is left out", 100, `${status} time(last: $last) ${wholeTime}`, {}, 1],
      ["another window is one call more", 100, `${status} time(last: "PT1H") ${wholeTime}`, {}, 2],
      ["so it is by a variable", 100, `${status} time(last: $last) ${wholeTime}`, { last: "PT1H" }, 2],
      [
        "each other window is",
        100,
        `${status} a: time(last: $last) ${wholeTime} time ${wholeTime} b: time(last: "PT1H") ${wholeTime}`,
        { last: "PT8H" },
        3,
      ],
      [
        "the same window is not",
        100,
        `${status} a: time(last: $last) ${wholeTime} b: time(last: "PT1H") ${wholeTime}`,
        { last: "PT60M" },
        2,
      ],
      ["a window alone is the only call", 100, `a: time(last: $last) ${wholeTime}`, { last: "PT8H" }, 1],
      ["a default window alone is too", 100, `id time ${wholeTime}`, {}, 1],
      [
        "each 1000 agents are",
        1500,
        `status { state } time { reasons { reason { text } } } a: time(last: "PT1H") { reasons { reason { text } } }`,
        {},
        4,
      ],
    ])("%s", async (_case, count, selection, variables, calls) => {
      const ids = agentIds(count);
      const { agents } = dataOf(await many(ids, selection, variables));
      expect(JSON.stringify(agents)).toContain("Lunch");
      expect(views()).toHaveLength(calls);
      // The reasons of statuses and times are one list.
      expect(total()).toBe(calls + 1);
    });

    it("no durations are asked for where none are selected, and no others", async () => {
      await many([online], "status { state }");
      await many([online], 'status { state } time(last: "PT1H") { onlineSeconds }');
      await many([online], "time { from }");
      expect(queries().map((query) => query.metricsToRetrieveByTime)).toEqual([
        [],
        [],
        ["agent_online_duration"],
        ["agent_login_duration"],
      ]);
    });

    it("one list serves the reasons of windows that come one after the other", async () => {
      hadBreaks();
      const { agent } = dataOf(
        await one(
          online,
          `status { reason { text } } a: time(last: "PT35M") ${wholeTime} b: time(last: "PT55M") ${wholeTime}`,
        ),
      );
      expect(agent).toMatchObject({ a: { reasons: [{}, { reason: { text: "Coffee break" } }] } });
      expect(total()).toBe(4);
    });

    it("a page of the live view has them in its own call, and so have the agents of reasons", async () => {
      const live = await gateway.query(
        `{ liveAgents(accountId: "${accountId}", limit: 5) { nodes { id time { loggedInSeconds } } } }`,
      );
      const ofReasons = await gateway.query(
        `{ statusReasons(accountId: "${accountId}") { nodes { agents(limit: 2) { nodes { time { loggedInSeconds } } } } } }`,
      );
      expect(JSON.stringify([dataOf(live), dataOf(ofReasons)])).toMatch(/"loggedInSeconds":\d/);
      expect(views()).toHaveLength(2);
      expect(total()).toBe(3);
    });

    it("entities have them too", async () => {
      hadBreaks();
      const representations = [online, neverLoggedIn].map((id) => ({ __typename: "Agent", accountId, id }));
      const answer = await gateway.query(
        `query ($representations: [_Any!]!) {
          _entities(representations: $representations) {
            ... on Agent { id time { loggedInSeconds } hour: time(last: "PT1H") { onlineSeconds } }
          }
        }`,
        { representations },
      );
      expect(dataOf(answer)).toMatchObject({
        _entities: [
          { id: online, hour: { onlineSeconds: 1800 } },
          { time: null, hour: null },
        ],
      });
      expect(total()).toBe(2);
    });
  });

  describe("failing", () => {
    it("are errors of their field alone", async () => {
      gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 500 });
      const answer = await one(online, `time(last: "PT1H") { from } id`);
      expect(answer.data).toEqual({ agent: { time: null, id: online } });
      expect(errorOf(answer)).toMatchObject({
        path: ["agent", "time"],
        extensions: { code: "UPSTREAM_ERROR" },
      });
    });

    it("with the view, the default window fails with it", async () => {
      gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 403 });
      const answer = await one(online, "status { state } time { from }");
      expect(answer.errors.map(({ path }) => path)).toEqual([
        ["agent", "status"],
        ["agent", "time"],
      ]);
    });
  });

  it.each<[string, object, string, string]>([
    ["a day and a second", { last: "PT86401S" }, "last", "isWithinDay"],
    ["two days", { last: "P2D" }, "last", "isWithinDay"],
    ["no time", { last: "PT0S" }, "last", "isPositive"],
    ["a negative time", { last: "-PT1H" }, "last", "isDuration"],
    ["a month", { last: "P1M" }, "last", "isDuration"],
    ["a word", { last: "an hour" }, "last", "isDuration"],
    ["nothing at all", { last: "P" }, "last", "isDuration"],
    ["a T without a time", { last: "P1DT" }, "last", "isDuration"],
    ["both ways to say it", { last: "PT1H", from: at(startMs - 1000) }, "from", "isAlone"],
    ["a last with a to", { last: "PT1H", to: at(startMs - 1000) }, "to", "isAlone"],
    ["an end without a start", { to: at(startMs - 1000) }, "from", "isPresent"],
    ["a start in the future", { from: at(startMs + 1000) }, "from", "isPast"],
    ["an end in the future", { from: at(startMs - 1000), to: at(startMs + 2 * minuteMs) }, "to", "isPast"],
    ["an end before the start", { from: at(startMs - 1000), to: at(startMs - 2000) }, "to", "isAfterFrom"],
    ["no time between both", { from: at(startMs - 1000), to: at(startMs - 1000) }, "to", "isAfterFrom"],
    ["more than a day since", { from: at(startMs - 1441 * minuteMs) }, "from", "isWithinDay"],
    [
      "more than a day between",
      { from: at(startMs - 2000 * minuteMs), to: at(startMs - 500 * minuteMs) },
      "to",
      "isWithinDay",
    ],
    [
      "what is over 14 days ago",
      { from: at(startMs - 14 * 1440 * minuteMs - 1), to: at(startMs - 14 * 1440 * minuteMs + 5000) },
      "from",
      "isRecent",
    ],
  ])("refuse %s before any call", async (_case, variables, path, constraint) => {
    const selection = "time(last: $last, from: $from, to: $to) { from }";
    const reference = `{ __typename: "Agent", accountId: "${accountId}", id: "${online}" }`;
    const entity = await gateway.query(
      withVariables(`_entities(representations: [${reference}]) { ... on Agent { ${selection} } }`),
      variables,
    );
    for (const answer of [await one(online, selection, variables), entity]) {
      const { extensions } = errorOf(answer);
      expect(extensions["code"]).toBe("BAD_USER_INPUT");
      expect(extensions["validationErrors"]).toEqual([expect.objectContaining({ path, constraint })]);
    }
    expect(total()).toBe(0);
  });

  it.each<[string, object]>([
    [
      "a whole day that does not begin with a minute",
      { from: at(startMs - 3000 * minuteMs + 20_000), to: at(startMs - 1560 * minuteMs + 20_000) },
    ],
    [
      "what is 14 days ago",
      { from: at(startMs - 14 * 1440 * minuteMs), to: at(startMs - 14 * 1440 * minuteMs + 1) },
    ],
    ["one millisecond", { last: "PT0.001S" }],
    ["a day since", { from: at(startMs - 1440 * minuteMs) }],
    [
      "an end that only the caller's clock has reached",
      { from: at(startMs - 1000), to: at(startMs + 30_000) },
    ],
    ["weeks, if they are none", { last: "P0W1D" }],
  ])("take %s, which the upstream takes", async (_case, variables) => {
    const answer = await one(online, "time(last: $last, from: $from, to: $to) { from to }", variables);
    expect(answer.errors).toEqual([]);
    const [query] = queries();
    const { from = 0, to = 0 } = query?.filters.time ?? {};
    expect(Math.ceil(to / minuteMs) * minuteMs - from).toBeLessThanOrEqual(1440 * minuteMs);
    expect(from % minuteMs).toBe(0);
  });

  it("refuse a duration that is no string as the type's error", async () => {
    expect(errorOf(await one(online, "time(last: $last) { from }", { last: 5 })).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
    });
  });
});
