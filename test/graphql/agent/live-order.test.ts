import { emulatorAccountId as accountId, emulatorReasonIds } from "../../../src/emulator/seed/seed.js";
import { loadOf } from "../../../src/emulator/agent-view/record.js";
import type { EmulatedAgent } from "../../../src/emulator/data/index.js";
import type { AgentViewQueryWire } from "../../../src/wire/agent-view.wire.js";
import { dataOf, errorOf, useTestGateway } from "../../support/gateway.js";

const nowMs = Date.parse("2026-11-25T12:00:00Z");

/** Reasons that exist, and one that does not: what counts is that the agent gives it. */
const { lunch } = emulatorReasonIds;

interface Page {
  readonly totalCount: number;
  readonly truncated: boolean;
  readonly nodes: readonly { readonly id: string }[];
}

describe("the order of the live view", () => {
  const gateway = useTestGateway({}, { now: () => nowMs });

  const views = () => gateway.emulator.journal.select({ path: "agent_view" });
  const roster = () => gateway.emulator.state.account(accountId).agents;
  const loggedIn = () =>
    roster()
      .list()
      .filter(({ status }) => status !== "OFFLINE");
  const live = async (args: string) => {
    const page = `{ liveAgents(accountId: "${accountId}", ${args}) { totalCount truncated nodes { id } } }`;
    return dataOf(await gateway.query(page))["liveAgents"] as Page;
  };
  const idsIn = async (args: string) => (await live(args)).nodes.map(({ id }) => id);

  /** Agents whose keys are equal, unknown, and odd. */
  beforeEach(() => {
    const [a, b, c, d] = loggedIn().slice(20) as [EmulatedAgent, EmulatedAgent, EmulatedAgent, EmulatedAgent];
    a.name = "émile";
    b.name = "Emile";
    c.name = "zoe";
    d.name = "Zoë";
    // The upstream's clock may be ahead of the gateway's.
    roster().setStatus(a.id, "AWAY", lunch).reasonSince = nowMs + 5000;
    roster().setStatus(b.id, "AWAY", lunch).reasonSince = nowMs;
  });

  const compareIds = (one: string, other: string) =>
    one.length - other.length || Number(one > other) - Number(one < other);
  const states = ["ONLINE", "OCCUPIED", "AWAY", "BACK_SOON", "OFFLINE"];
  const lastedMs = (since: number | undefined) => since && Math.max(0, nowMs - since);

  /** The plain way: the key of an agent as the test's own data has it; undefined is unknown. */
  const keys: Record<string, (agent: EmulatedAgent) => number | string | undefined> = {
    NAME: ({ name }) => name,
    STATE: ({ status }) => (states.includes(status) ? states.indexOf(status) : states.length),
    STATE_TIME: ({ statusSince }) => lastedMs(statusSince),
    REASON_TIME: ({ reasonId, reasonSince }) => (reasonId === undefined ? undefined : lastedMs(reasonSince)),
    LOAD: loadOf,
  };

  it.each(
    Object.keys(keys).flatMap((by) => [
      [by, "ASC"],
      [by, "DESC"],
    ]),
  )("is by %s, %s, then by id, the unknown last", async (by, direction) => {
    const sign = direction === "ASC" ? 1 : -1;
    const keyOf = keys[by] ?? (() => undefined);
    const expected = loggedIn().sort((one, other) => {
      const [left, right] = [keyOf(one), keyOf(other)];
      if (left === undefined || right === undefined) {
        return Number(left === undefined) - Number(right === undefined) || compareIds(one.id, other.id);
      }
      const order = typeof left === "string" ? left.localeCompare(String(right), "en") : left - Number(right);
      return sign * order || compareIds(one.id, other.id);
    });
    const order = `orderBy: { by: ${by}, direction: ${direction} }`;
    const ids = await idsIn(`${order}, limit: 1000`);
    expect(ids).toEqual(expected.map(({ id }) => id));
    expect(views()).toHaveLength(1);
    expect(await live(`${order}, offset: 30, limit: 20`)).toEqual({
      totalCount: expected.length,
      truncated: false,
      nodes: ids.slice(30, 50).map((id) => ({ id })),
    });
  });

  it("is cut into pages without gaps or repeats, all of one call", async () => {
    const order = "orderBy: { by: REASON_TIME, direction: DESC }";
    const whole = await idsIn(`${order}, limit: 1000`);
    gateway.emulator.journal.clear();
    const pages = Array.from(
      { length: Math.ceil(whole.length / 25) + 1 },
      (_, index) =>
        `page${index}: liveAgents(accountId: "${accountId}", ${order}, offset: ${index * 25}, limit: 25) { nodes { id } }`,
    );
    const data = dataOf(await gateway.query(`{ ${pages.join(" ")} }`)) as Record<string, Page>;
    expect(Object.values(data).flatMap(({ nodes }) => nodes.map(({ id }) => id))).toEqual(whole);
    expect(views()).toHaveLength(1);
  });

  it("is by id unless asked for otherwise, and then paged by the upstream", async () => {
    const ids = await idsIn("limit: 1000");
    expect(await idsIn("orderBy: { by: ID }, offset: 3, limit: 4")).toEqual(ids.slice(3, 7));
    expect(await idsIn("orderBy: { by: ID, direction: DESC }, offset: 3, limit: 4")).toEqual(
      ids.toReversed().slice(3, 7),
    );
    expect(await idsIn("orderBy: null, limit: 4")).toEqual(ids.slice(0, 4));
    expect(views().map(({ query }) => [query["offset"], query["limit"]])).toEqual([
      ["0", "1000"],
      ["3", "4"],
      ["3", "4"],
      ["0", "4"],
    ]);
  });

  it("asks the upstream for what it sorts by, and no more", async () => {
    await idsIn("orderBy: { by: LOAD }");
    await idsIn("orderBy: { by: REASON_TIME }");
    const asked = views().map(({ body }) => JSON.parse(body) as AgentViewQueryWire);
    expect(asked.map(({ metricsToRetrieveCurrentValue }) => metricsToRetrieveCurrentValue)).toEqual([
      ["agent_load"],
      ["agent_current_status_reason", "agent_current_status_reason_start_time"],
    ]);
  });

  it("of more agents than are shown is of those that are shown, and by id of all", async () => {
    roster().addMany(1100);
    const byName = await live("orderBy: { by: NAME }, limit: 1000");
    expect(byName.truncated).toBe(true);
    expect(byName.totalCount).toBe(loggedIn().length);
    expect(new Set(byName.nodes.map(({ id }) => id))).toEqual(new Set(await idsIn("limit: 1000")));
    const last = loggedIn().sort((one, other) => compareIds(other.id, one.id))[0];
    expect(await idsIn("orderBy: { by: ID, direction: DESC }, limit: 1")).toEqual([last?.id]);
  });

  describe("filtered by time", () => {
    const inState = (seconds: number) =>
      loggedIn().filter(({ statusSince }) => nowMs - statusSince >= seconds * 1000);
    const inReason = (seconds: number) =>
      loggedIn().filter(
        ({ reasonId, reasonSince }) =>
          reasonId !== undefined &&
          reasonSince !== undefined &&
          Math.max(0, nowMs - reasonSince) >= seconds * 1000,
      );

    it.each([0, 1, 1800, 3600, 2_147_483_647])("shows who has been there for %d seconds", async (seconds) => {
      const byState = await live(`filter: { minSecondsInState: ${seconds} }, limit: 1000`);
      expect(new Set(byState.nodes.map(({ id }) => id))).toEqual(
        new Set(inState(seconds).map(({ id }) => id)),
      );
      const byReason = await live(`filter: { minSecondsInReason: ${seconds} }, limit: 1000`);
      expect(byReason.totalCount).toBe(inReason(seconds).length);
      expect(new Set(byReason.nodes.map(({ id }) => id))).toEqual(
        new Set(inReason(seconds).map(({ id }) => id)),
      );
    });

    it("is within the filters that the upstream applies, and sorted", async () => {
      const away = inReason(600).filter(({ status }) => status === "AWAY");
      expect(away.length).toBeGreaterThan(3);
      const longest = away.sort(
        (one, other) => (one.reasonSince ?? 0) - (other.reasonSince ?? 0) || compareIds(one.id, other.id),
      );
      const filter = "filter: { states: [AWAY], minSecondsInReason: 600 }";
      expect(await live(`${filter}, orderBy: { by: REASON_TIME, direction: DESC }, limit: 2`)).toEqual({
        totalCount: away.length,
        truncated: false,
        nodes: longest.slice(0, 2).map(({ id }) => ({ id })),
      });
    });

    it.each(["minSecondsInState", "minSecondsInReason"])(
      "refuses a negative %s before any call",
      async (name) => {
        const query = `{ liveAgents(accountId: "${accountId}", filter: { ${name}: -1 }) { totalCount } }`;
        const error = errorOf(await gateway.query(query));
        expect(error).toMatchObject({
          path: ["liveAgents"],
          extensions: {
            code: "BAD_USER_INPUT",
            validationErrors: [{ path: `filter.${name}`, message: "must not be negative" }],
          },
        });
        expect(gateway.emulator.journal.requests).toHaveLength(0);
      },
    );
  });
});
