import { agentDurations, agentMetrics } from "../../../src/upstream/api/agent-view.query.js";
import type { AgentViewFilter } from "../../../src/upstream/api/agent-view.query.js";
import { sendJson } from "../../support/scripted-upstream.js";
import type { ScriptedExchange } from "../../support/scripted-upstream.js";
import { createCaller } from "../../support/upstream-caller.js";
import { startUpstreamClient } from "../../support/upstream-client.js";
import type { UpstreamClient } from "../../support/upstream-client.js";

const lunch = { id: 1, text: "Lunch", state: "Away", enabled: true, deleted: false, tags: [{ name: "a" }] };
const training = { ...lunch, text: "Training" };

/** Everything that is reached from a value, itself included. */
function reached(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? [value, ...Object.values(value).flatMap(reached)] : [];
}

describe("what an answer is decoded to", () => {
  let started: UpstreamClient;
  let answer: (exchange: ScriptedExchange) => void;
  beforeEach(async () => {
    started = await startUpstreamClient({}, (exchange) => {
      answer(exchange);
    });
  });
  afterEach(() => started.stop());

  const says = (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    answer = (exchange) => {
      sendJson(exchange, body, headers);
    };
  };
  const list = async (token?: string, accountId?: string) => (await started.list(token, accountId)).value;
  const byId = () => started.api.byId(createCaller().call, "1", "1");
  const view = (filter: AgentViewFilter = { states: ["AWAY"] }, range = { offset: 0, limit: 9 }) =>
    started.client.agentView.view(createCaller().call, "1", filter, range, {
      metrics: new Set(agentMetrics),
      metadata: true,
      durations: new Set(agentDurations),
    });

  it("is the same for the same bytes, though each caller asks with a token of its own", async () => {
    says([lunch]);
    const rows = await list("a");
    expect(await list("b")).toBe(rows);
    expect(started.upstream.exchanges.map(({ request }) => request.headers.authorization)).toEqual([
      "Bearer a",
      "Bearer b",
    ]);
  });

  it("is as new as the bytes, under the revision that came with them", async () => {
    says([lunch], { "ac-revision": "1" });
    const first = await started.list();
    says([lunch], { "ac-revision": "2" });
    const second = await started.list();
    says([training], { "ac-revision": "2" });
    const third = await started.list();
    expect([first, second, third].map(({ revision }) => revision)).toEqual(["1", "2", "2"]);
    expect([first, second, third].map(({ value }) => value[0]?.text)).toEqual(["Lunch", "Lunch", "Training"]);
    expect(second.value).toBe(first.value);
  });

  it("is each caller's own where callers get different answers", async () => {
    answer = (exchange) => {
      sendJson(exchange, [{ ...lunch, text: exchange.request.headers.authorization ?? "" }]);
    };
    const tokens = Array.from({ length: 40 }, (_, index) => `token-${index % 3}`);
    const lists = await Promise.all(tokens.map((token) => list(token)));
    expect(lists.map(([row]) => row?.text)).toEqual(tokens.map((token) => `Bearer ${token}`));
  });

  it("is nothing to a caller whom the upstream refuses", async () => {
    says([lunch]);
    await list("a");
    answer = ({ response }) => response.writeHead(403).end(JSON.stringify([lunch]));
    await expect(list("b")).rejects.toMatchObject({ fault: "forbidden" });
  });

  it("is of the account that was asked about, whatever the bytes", async () => {
    says([lunch]);
    expect([(await list("a", "1"))[0]?.accountId, (await list("a", "2"))[0]?.accountId]).toEqual(["1", "2"]);
  });

  it("is of what was asked, whatever the bytes", async () => {
    says({ agentViewRecords: [{ agentId: 5 }] });
    expect((await view(undefined, { offset: 3, limit: 9 })).totalCount).toBe(4);
    expect((await view(undefined, { offset: 4, limit: 9 })).totalCount).toBe(5);
    const first = { offset: 0, limit: 1 };
    expect((await view({ agentIds: ["5"], states: [] }, first)).totalCount).toBe(1);
    // It may be the first of many.
    await expect(view(undefined, first)).rejects.toMatchObject({ fault: "invalid-response" });
  });

  it("is of the charset that comes with the bytes", async () => {
    const bytes = Buffer.from(JSON.stringify([{ ...lunch, text: "é" }]));
    const said = async (charset: string) => {
      answer = ({ response }) =>
        response.writeHead(200, { "content-type": `application/json; charset=${charset}` }).end(bytes);
      return (await list())[0]?.text;
    };
    expect([await said("utf-8"), await said("latin1"), await said("utf-8")]).toEqual(["é", "Ã©", "é"]);
  });

  it("is frozen to its depths", async () => {
    says([lunch]);
    const rows = await list();
    says(lunch);
    const reason = await byId();
    const agentMetadata = { agentName: "Ann", agentSkills: [{ skillId: 3, skillName: "French" }] };
    const agentStatusDurationList = [{ agentStatus: "AWAY", agentStatusDuration: 2000 }];
    says({ agentViewRecords: [{ agentId: 5, agentGroupId: -1, agentMetadata, agentStatusDurationList }] });
    const { agents, skipped } = await view();
    const parts = [rows, reason.value, agents, skipped].flatMap(reached);
    expect(parts.length).toBeGreaterThan(15);
    expect(parts.filter((part) => !Object.isFrozen(part))).toEqual([]);
  });

  it("is kept for the other reads too", async () => {
    says(lunch);
    expect((await byId()).value).toBe((await byId()).value);
    says({ agentViewRecords: [{ agentId: 5 }], metadata: { count: 1 } });
    expect((await view()).agents).toBe((await view()).agents);
  });

  it("is nothing where the bytes are broken, each time they come", async () => {
    says([lunch]);
    const rows = await list();
    answer = ({ response }) => response.writeHead(200).end('[{"id":1');
    for (const token of ["a", "b"]) {
      await expect(list(token)).rejects.toMatchObject({ fault: "invalid-response" });
    }
    says([lunch]);
    expect(await list()).toBe(rows);
  });

  it("is dropped for what came since, and never kept where it is large", async () => {
    const sized = (bytes: number) => [{ ...lunch, text: "x".repeat(bytes) }];
    says(sized(900_000));
    const rows = await list("a", "1");
    expect(await list("a", "1")).toBe(rows);
    for (const accountId of ["2", "3", "4", "5"]) await list("a", accountId);
    expect(await list("a", "1")).not.toBe(rows);
    says(sized(1_100_000));
    expect(await list()).not.toBe(await list());
  });
});
