import { emulatorAccountId as accountId, emulatorReasonIds } from "../../../src/emulator/seed/seed.js";
import { dataOf, startTestGateway, useTestGateway } from "../../support/gateway.js";
import type { WireError } from "../../support/gateway.js";
import { sendJson, startScriptedUpstream } from "../../support/scripted-upstream.js";
import { ownCredentials } from "../../support/own-credentials.js";

const { lunch } = emulatorReasonIds;
const activity = { path: "/status-changes" };
const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

interface Change {
  readonly at: string;
  readonly kind: string;
  readonly state: string;
  readonly sequenceNumber: number | null;
  readonly reason?: { readonly text: string } | null;
  readonly reasonText?: string | null;
}

interface Page {
  readonly nodes: readonly Change[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A wire record, whose number is also the minute of its time. */
const record = (agentId: string, minute: number, more: object = {}) => ({
  agentId,
  time: new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString(),
  sessionId: 7,
  sequenceNumber: minute,
  statusType: 1,
  statusSubType: 4,
  statusReasonId: null,
  ...more,
});

const period = `from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z"`;
const shown = "{ nodes { at kind state sequenceNumber } pageInfo { hasNextPage endCursor } }";
const agent = (id: string, fields: string) => `agent(accountId: "${accountId}", id: "${id}") { ${fields} }`;
const codesOf = (errors: readonly WireError[]) => errors.map(({ extensions }) => extensions["code"]);

describe("the status changes of agents", () => {
  const gateway = useTestGateway(ownCredentials.oauth2);

  /** The calls for data, without those of a token that the emulator's reset has revoked. */
  const calls = () =>
    gateway.emulator.journal.requests
      .filter(({ path, status }) => !path.endsWith("/token") && status !== 401)
      .map(({ path }) => path.split("/").at(-1) ?? "")
      .sort();
  const queries = () => gateway.emulator.journal.select(activity).map(({ query }) => query);

  /** Makes the upstream's history of each agent this one. */
  function setHistory(agentId: string, stateChanges: readonly object[]): void {
    const match = { path: `agentId=${agentId}&` };
    gateway.emulator.faults.add({ match, status: 200, body: JSON.stringify({ stateChanges }) });
  }

  const pageOf = async (args: string, id = "1"): Promise<Page> => {
    const data = dataOf(await gateway.query(`{ ${agent(id, `statusChanges(${args}) ${shown}`)} }`));
    return (data["agent"] as { readonly statusChanges: Page }).statusChanges;
  };

  describe("pages", () => {
    const minutes = ({ nodes }: Page) => nodes.map(({ sequenceNumber }) => sequenceNumber);

    it("lead from one to the next, and say whether there is one", async () => {
      setHistory(
        "1",
        [3, 1, 2, 5, 4].map((minute) => record("1", minute)),
      );
      const first = await pageOf(`${period}, first: 2`);
      expect([minutes(first), first.pageInfo.hasNextPage]).toEqual([[1, 2], true]);
      const second = await pageOf(`${period}, first: 2, after: "${first.pageInfo.endCursor ?? ""}"`);
      expect([minutes(second), second.pageInfo.hasNextPage]).toEqual([[3, 4], true]);
      // The cursor has the period.
      const third = await pageOf(`first: 2, after: "${second.pageInfo.endCursor ?? ""}"`);
      expect([minutes(third), third.pageInfo.hasNextPage]).toEqual([[5], false]);
      const fourth = await pageOf(`after: "${third.pageInfo.endCursor ?? ""}"`);
      expect(fourth).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
      expect(new Set(queries().map((query) => JSON.stringify(query))).size).toBe(1);
    });

    it("say that there is no more where the last one is full", async () => {
      setHistory("1", [record("1", 1), record("1", 2)]);
      expect((await pageOf(`${period}, first: 2`)).pageInfo.hasNextPage).toBe(false);
    });

    it("repeat and skip nothing where changes come late", async () => {
      setHistory("1", [record("1", 2), record("1", 4)]);
      const { pageInfo } = await pageOf(`${period}, first: 1`);
      gateway.emulator.reset();
      setHistory(
        "1",
        [1, 2, 3, 4].map((minute) => record("1", minute)),
      );
      expect(minutes(await pageOf(`after: "${pageInfo.endCursor ?? ""}"`))).toEqual([3, 4]);
    });

    it("end where the first one did, however late it is", async () => {
      setHistory("1", [record("1", 1), record("1", 2)]);
      const { pageInfo } = await pageOf("first: 1");
      await pageOf(`after: "${pageInfo.endCursor ?? ""}"`);
      const [first, second] = queries();
      expect(second).toEqual(first);
      expect(Date.parse(first?.["to"] ?? "") - Date.parse(first?.["from"] ?? "")).toBe(dayMs);
    });
  });

  describe("calls", () => {
    it("is one for the same agent and period, however it is asked for", async () => {
      setHistory("1", [record("1", 1), record("1", 2)]);
      const { errors, data } = await gateway.query(
        `query ($representations: [_Any!]!) {
          a: ${agent("1", `statusChanges(${period}) { nodes { at } } b: statusChanges(${period}, first: 1) { nodes { kind } }`)}
          c: ${agent("1", `statusChanges(from: "2026-01-01T01:00:00+01:00", to: "2026-01-02T00:00:00Z") { nodes { at } }`)}
          _entities(representations: $representations) { ... on Agent { statusChanges(${period}) { nodes { at } } } }
        }`,
        { representations: [{ __typename: "Agent", accountId, id: "1" }] },
      );
      expect(errors).toEqual([]);
      expect(data).toMatchObject({ a: { statusChanges: { nodes: [{}, {}] }, b: { nodes: [{}] } } });
      expect(calls()).toEqual(["status-changes"]);
    });

    it("is one for the last 24 hours, asked for twice", async () => {
      setHistory("1", []);
      dataOf(
        await gateway.query(
          `{ a: ${agent("1", "statusChanges { nodes { at } }")} b: ${agent("1", "statusChanges { nodes { at } }")} }`,
        ),
      );
      expect(calls()).toEqual(["status-changes"]);
    });

    it("are two for two periods", async () => {
      setHistory("1", []);
      dataOf(
        await gateway.query(
          `{ ${agent("1", `a: statusChanges(${period}) { nodes { at } } b: statusChanges { nodes { at } }`)} }`,
        ),
      );
      expect(calls()).toEqual(["status-changes", "status-changes"]);
    });

    it("are one for each agent, and one for all their reasons", async () => {
      const ids = Array.from({ length: 10 }, (_, index) => String(index + 1));
      const reasonIds = Object.values(emulatorReasonIds);
      for (const [index, id] of ids.entries()) {
        setHistory(id, [record(id, 1, { statusReasonId: reasonIds[index % reasonIds.length] })]);
      }
      const data = dataOf(
        await gateway.query(
          `{ agents(accountId: "${accountId}", ids: ${JSON.stringify(ids)}) {
            statusChanges(${period}) { nodes { reason { id } } }
          } }`,
        ),
      );
      expect(data["agents"]).toEqual(
        ids.map((_id, index) => ({
          statusChanges: { nodes: [{ reason: { id: reasonIds[index % reasonIds.length] } }] },
        })),
      );
      expect(calls()).toEqual([...ids.map(() => "status-changes"), "status-reasons"].sort());
    });

    it("are those of the live view too, where more than the history is selected", async () => {
      setHistory("1", []);
      dataOf(await gateway.query(`{ ${agent("1", `name statusChanges(${period}) { nodes { at } }`)} }`));
      expect(calls()).toEqual(["agent_view", "status-changes"]);
    });

    it("counts for a single reason by id, and joins the one that was deleted and the one that is gone", async () => {
      setHistory("1", [
        record("1", 1, { statusReasonId: Number(lunch), statusReasonText: "Lunch, then" }),
        record("1", 2, { statusReasonId: -1, statusReasonText: "" }),
      ]);
      const one = dataOf(
        await gateway.query(
          `{ ${agent("1", `statusChanges(${period}) { nodes { reasonText reason { text } } }`)} }`,
        ),
      );
      expect(one["agent"]).toEqual({
        statusChanges: {
          nodes: [
            { reasonText: "Lunch, then", reason: { text: "Lunch" } },
            { reasonText: null, reason: null },
          ],
        },
      });
      expect(calls()).toEqual([lunch, "status-changes"].sort());
    });
  });

  describe("failures", () => {
    it("are each agent's own, and the agents and their names stay", async () => {
      setHistory("1", [record("1", 1)]);
      gateway.emulator.faults.add({ match: { path: "agentId=2&" }, status: 403 });
      const { data, errors } = await gateway.query(
        `{ agents(accountId: "${accountId}", ids: ["1", "2"]) { id name statusChanges(${period}) { nodes { at } } } }`,
      );
      expect(data).toMatchObject({
        agents: [
          { id: "1", statusChanges: { nodes: [{}] } },
          { id: "2", statusChanges: null },
        ],
      });
      expect(errors).toMatchObject([
        {
          path: ["agents", 1, "statusChanges"],
          extensions: {
            code: "FORBIDDEN",
            retryable: false,
            upstream: { service: "agentActivityDomain", operation: "listStatusChanges", status: 403 },
          },
        },
      ]);
    });

    it("of the live view leave the history", async () => {
      setHistory("1", [record("1", 1)]);
      gateway.emulator.faults.add({ match: { path: "agent_view" }, status: 403 });
      const { data, errors } = await gateway.query(
        `{ ${agent("1", `name statusChanges(${period}) { nodes { at } }`)} }`,
      );
      expect(data).toMatchObject({ agent: { name: null, statusChanges: { nodes: [{}] } } });
      expect(errors.map(({ path }) => path?.join("."))).toEqual(["agent.name"]);
    });

    it.each([
      [429, "RATE_LIMITED"],
      [503, "UPSTREAM_ERROR"],
    ])("of status %i are %s", async (status, code) => {
      gateway.emulator.faults.add({ match: activity, status });
      const { data, errors } = await gateway.query(
        `{ ${agent("1", `id statusChanges(${period}) { nodes { at } }`)} }`,
      );
      expect(data).toEqual({ agent: { id: "1", statusChanges: null } });
      expect(codesOf(errors)).toEqual([code]);
    });

    it("of a response that is no history are UPSTREAM_INVALID_RESPONSE, and in the log", async () => {
      gateway.emulator.faults.add({ match: activity, status: 200, body: "<html>" });
      const { errors } = await gateway.query(
        `{ ${agent("1", `statusChanges(${period}) { nodes { at } }`)} }`,
      );
      expect(codesOf(errors)).toEqual(["UPSTREAM_INVALID_RESPONSE"]);
      expect(gateway.log.lines()).toContainEqual(
        expect.objectContaining({ msg: "upstream call failed", operation: "listStatusChanges", accountId }),
      );
    });
  });

  describe("arguments", () => {
    const soon = new Date(Date.now() + hourMs).toISOString();
    const before = (ms: number) => new Date(Date.now() - ms).toISOString();

    it.each<[string, string, string]>([
      ["to", "isAfterFrom", `from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z"`],
      ["to", "isAfterFrom", `from: "2026-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z"`],
      ["from", "isPast", `from: "${soon}"`],
      ["to", "isWithinMonth", `from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:01Z"`],
      ["from", "isWithinMonth", `from: "${before(31 * dayMs + hourMs)}"`],
      ["to", "isPast", `to: "${soon}"`],
      ["first", "min", "first: 0"],
      ["first", "max", "first: 1001"],
      ["after", "isCursor", `after: ""`],
      ["after", "isCursor", `after: "garbage"`],
      ["after", "isCursor", `after: "${"A".repeat(10_000)}"`],
    ])("are refused for %s by %s: %s", async (path, constraint, args) => {
      const { data, errors } = await gateway.query(
        `{ ${agent("1", `id statusChanges(${args}) { nodes { at } }`)} }`,
      );
      expect(data).toEqual({ agent: { id: "1", statusChanges: null } });
      expect(errors).toMatchObject([
        {
          path: ["agent", "statusChanges"],
          extensions: { code: "BAD_USER_INPUT", retryable: false, validationErrors: [{ path, constraint }] },
        },
      ]);
      expect(calls()).toEqual([]);
    });

    it.each([
      ["31 days", `from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z", first: 1000`],
      ["a year ago", `from: "2025-01-01T00:00:00Z", to: "2025-01-02T00:00:00Z", first: 1`],
      ["from an hour ago till now", `from: "${before(hourMs)}"`],
      ["the day before a time", `to: "2026-01-01T00:00:00Z"`],
      ["till a minute that has begun for the caller", `to: "${before(-30_000)}"`],
      ["nulls", "from: null, to: null, after: null"],
    ])("may be %s", async (_what, args) => {
      setHistory("1", []);
      expect(await pageOf(args)).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
    });

    const cursor = (...parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const from = Date.UTC(2026, 0, 1);
    const to = Date.UTC(2026, 0, 2);
    const at = from + hourMs;

    it("accept a cursor of the agent and the period", async () => {
      setHistory("1", [record("1", 1)]);
      const after = cursor(accountId, "1", from, to, at, 1, "7");
      expect((await pageOf(`${period}, after: "${after}"`)).nodes).toHaveLength(1);
    });

    it.each<[string, string, string?]>([
      ["another agent's", cursor(accountId, "2", from, to, at, 1, "7")],
      ["another account's", cursor("1", "1", from, to, at, 1, "7")],
      ["of another start", cursor(accountId, "1", from, to, at, 1, "7"), `from: "2026-01-01T00:00:01Z"`],
      ["of another end", cursor(accountId, "1", from, to, at, 1, "7"), `to: "2026-01-01T23:00:00Z"`],
      ["of a period that is too long", cursor(accountId, "1", from - 31 * dayMs, to, at, 1, "7")],
      ["of a period without length", cursor(accountId, "1", to, to, at, 1, "7")],
      ["of a reversed period", cursor(accountId, "1", to, from, at, 1, "7")],
      ["of a period to come", cursor(accountId, "1", Date.now(), Date.now() + dayMs, at, 1, "7")],
      ["of times that are none", cursor(accountId, "1", 1e300, to, at, 1, "7")],
      ["of halves", cursor(accountId, "1", from + 0.5, to, at, 1, "7")],
      ["of texts", cursor(accountId, "1", String(from), to, at, 1, "7")],
      ["of objects", cursor(accountId, "1", from, to, at, { toString: 1 }, { toString: 1 })],
      ["too short", cursor(accountId, "1", from, to, at)],
      ["too long", cursor(accountId, "1", from, to, at, 1, "7", 8)],
      ["no list", Buffer.from("{}").toString("base64url")],
      ["null", Buffer.from("null").toString("base64url")],
      ["in another alphabet", `${cursor(accountId, "1", from, to, at, 1, "7")}=`],
    ])("refuse a cursor that is %s", async (_what, after, more = "") => {
      const { errors } = await gateway.query(
        `{ ${agent("1", `statusChanges(after: "${after}" ${more}) { nodes { at } }`)} }`,
      );
      expect(errors).toMatchObject([
        {
          extensions: {
            code: "BAD_USER_INPUT",
            validationErrors: [{ path: "after", constraint: "isCursor" }],
          },
        },
      ]);
      expect(calls()).toEqual([]);
    });
  });
});

describe("the status changes of agents with callers' tokens", () => {
  const gateway = useTestGateway();

  it("are FORBIDDEN without a call, by an error that names the setting, and the agent stays", async () => {
    const { data, errors } = await gateway.query(`{ ${agent("1", "id statusChanges { nodes { at } }")} }`);
    expect(data).toEqual({ agent: { id: "1", statusChanges: null } });
    const upstream = { service: "agentActivityDomain", operation: "listStatusChanges" };
    expect(errors).toMatchObject([
      { path: ["agent", "statusChanges"], extensions: { code: "FORBIDDEN", retryable: false, upstream } },
    ]);
    expect(errors[0]?.message).toContain("CREDENTIALS=oauth1 or oauth2");
    expect(errors[0]?.extensions["upstream"]).not.toHaveProperty("status");
    expect(gateway.emulator.journal.requests).toEqual([]);
  });
});

it("asks for the status changes of at most four agents at a time", async () => {
  const upstream = await startScriptedUpstream();
  const gateway = await startTestGateway({ ...ownCredentials.oauth1, UPSTREAM: upstream.origin });
  const ids = JSON.stringify(Array.from({ length: 6 }, (_, index) => String(index + 1)));
  const query = `{ agents(accountId: "${accountId}", ids: ${ids}) { statusChanges { nodes { at } } } }`;
  const response = gateway.query(query);
  for (let ended = 0; ended < 6; ended += 1) {
    await upstream.whenReceived(Math.min(6, ended + 4));
    // A round trip, in which a fifth would come.
    await fetch(`${gateway.origin}/livez`);
    expect(upstream.exchanges).toHaveLength(Math.min(6, ended + 4));
    const next = upstream.exchanges[ended];
    if (next !== undefined) sendJson(next, { stateChanges: [] });
  }
  dataOf(await response);
  await gateway.stop();
  await upstream.stop();
});
