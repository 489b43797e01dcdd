import { compareChanges } from "../../../src/upstream/api/status-change.record.js";
import { startUpstreamClient } from "../../support/upstream-client.js";
import type { UpstreamClient } from "../../support/upstream-client.js";
import { createCaller } from "../../support/upstream-caller.js";

const agentId = "9007199254740993";
const window = { from: new Date("2026-11-01T00:00:00Z"), to: new Date("2026-11-02T00:00:00Z") };
const time = "2026-11-01T08:00:00.000Z";

const login = {
  agentId,
  time,
  sessionId: -1,
  sequenceNumber: -1,
  statusType: 3,
  statusSubType: 0,
  statusReasonId: 0,
  statusReasonText: "",
  prevStatusChangeTime: null,
};

describe("the Agent Activity API", () => {
  let client: UpstreamClient;
  /** The bodies to respond with, in turn; the last one again and again. */
  let bodies: string[];
  const urls = () => client.upstream.exchanges.map(({ request }) => request.url ?? "");

  beforeAll(async () => {
    client = await startUpstreamClient({ maxAttempts: 1 }, ({ response }) => {
      response.writeHead(200).end(bodies.length > 1 ? bodies.shift() : bodies[0]);
    });
  });
  afterAll(() => client.stop());

  const read = (...responses: readonly string[]) => {
    bodies = [...responses];
    const { call } = createCaller();
    return client.client.agentActivity.statusChanges(call, "1", agentId, window);
  };
  /** Digits past 2^53, which JSON.stringify cannot write, are texts with a mark. */
  const bodyOf = (stateChanges: readonly unknown[], more: object = {}) =>
    JSON.stringify({ stateChanges, ...more }).replace(/"long:(\d+)"/g, "$1");
  const readOne = async (more: object) => (await read(bodyOf([{ ...login, ...more }])))[0];

  it("is asked for one agent and window, in UTC", async () => {
    expect(await read(bodyOf([]))).toEqual([]);
    const url = new URL(urls().at(-1) ?? "", "http://a");
    expect(url.pathname).toBe("/api/v2/account/1/status-changes");
    expect(Object.fromEntries(url.searchParams)).toEqual({
      v: "2",
      source: "status-reason-gateway",
      from: "2026-11-01T00:00:00.000Z",
      to: "2026-11-02T00:00:00.000Z",
      agentId,
      limit: "5000",
      offset: "0",
    });
  });

  it("tells a login", async () => {
    expect(await readOne({})).toEqual({
      accountId: "1",
      at: new Date(time),
      kind: "LOGIN",
      state: "UNKNOWN",
      reasonId: null,
      reasonText: null,
      previousAt: null,
      sessionId: null,
      sequenceNumber: -1,
    });
  });

  it("tells a change, exact to 64 bits", async () => {
    const change = {
      agentId: `long:${agentId}`,
      time: "2026-11-01T10:00:00+02:00",
      sessionId: "long:9007199254740995",
      sequenceNumber: 2,
      statusType: 1,
      statusSubType: 4,
      statusReasonId: "long:9223372036854775807",
      statusReasonText: "Lunch",
      prevStatusChangeTime: "2026-11-01T07:00Z",
    };
    expect(await readOne(change)).toEqual({
      accountId: "1",
      at: new Date("2026-11-01T08:00:00Z"),
      kind: "CHANGE",
      state: "AWAY",
      reasonId: "9223372036854775807",
      reasonText: "Lunch",
      previousAt: new Date("2026-11-01T07:00:00Z"),
      sessionId: "9007199254740995",
      sequenceNumber: 2,
    });
  });

  it.each<[string, object, object]>([
    ["a logout", { statusType: 4, statusSubType: 0 }, { kind: "LOGOUT", state: "OFFLINE" }],
    ["offline", { statusType: 1, statusSubType: 1 }, { kind: "CHANGE", state: "OFFLINE" }],
    ["online", { statusType: 1, statusSubType: 2 }, { kind: "CHANGE", state: "ONLINE" }],
    ["occupied", { statusType: 1, statusSubType: 3 }, { kind: "CHANGE", state: "OCCUPIED" }],
    ["codes as texts", { statusType: "1", statusSubType: "2" }, { kind: "CHANGE", state: "ONLINE" }],
    ["codes of the future", { statusType: 2, statusSubType: 9 }, { kind: "UNKNOWN", state: "UNKNOWN" }],
    ["no codes", { statusType: null, statusSubType: {} }, { kind: "UNKNOWN", state: "UNKNOWN" }],
    ["a reason as a text", { statusReasonId: "7" }, { reasonId: "7" }],
    ["no reason: -1", { statusReasonId: -1 }, { reasonId: null }],
    ["no reason: 0", { statusReasonId: 0 }, { reasonId: null }],
    ["no reason: a text", { statusReasonId: "" }, { reasonId: null }],
    ["no reason: null", { statusReasonId: null }, { reasonId: null }],
    ["no reason: left out", { statusReasonId: undefined }, { reasonId: null }],
    [
      "odd values",
      { statusReasonText: 5, prevStatusChangeTime: "5" },
      { reasonText: null, previousAt: null },
    ],
    ["an odd number", { sequenceNumber: 2 ** 40 }, { sequenceNumber: null }],
    ["no such day", { prevStatusChangeTime: "2026-13-41T00:00:00Z" }, { previousAt: null }],
  ])("tells %s", async (_what, wire, expected) => {
    expect(await readOne(wire)).toMatchObject(expected);
  });

  it.each<[string, unknown]>([
    ["no object", null],
    ["no time", { ...login, time: undefined }],
    ["a time of no time zone", { ...login, time: "2026-11-01T08:00:00" }],
    ["a time in milliseconds", { ...login, time: 1_793_520_000_000 }],
    ["of another agent", { ...login, agentId: "7" }],
    ["nobody's", { ...login, agentId: undefined }],
  ])("leaves out a change that is %s", async (_what, odd) => {
    const before = client.log.skipped;
    expect(await read(bodyOf([odd, login]))).toHaveLength(1);
    expect(client.log.skipped - before).toBe(1);
  });

  it.each([
    ["HTML", "<html>"],
    ["a list", "[]"],
    ["no list", "{}"],
    ["a word", '{"stateChanges":"none"}'],
    ["nothing that can be read", bodyOf([null, {}])],
  ])("does not take %s for a history", async (_what, body) => {
    await expect(read(body)).rejects.toMatchObject({ fault: "invalid-response" });
  });

  const change = (sequenceNumber: number, at = time) => ({ ...login, time: at, sequenceNumber });
  const numbers = async (...responses: readonly string[]) =>
    (await read(...responses)).map(({ sequenceNumber }) => sequenceNumber);

  it("is sorted here, by time and then by number", async () => {
    const later = "2026-11-01T09:00:00.000Z";
    const shown = bodyOf([change(2, later), change(1), change(-1), change(3, later)]);
    expect(await numbers(shown)).toEqual([-1, 1, 2, 3]);
  });

  it("orders changes without a number or a session too", () => {
    const at = new Date(time);
    const places = [
      { at, sequenceNumber: null, sessionId: null },
      { at, sequenceNumber: 1, sessionId: null },
      { at, sequenceNumber: 1, sessionId: "5" },
    ];
    expect([...places].reverse().sort(compareChanges)).toEqual(places);
    for (const place of places) expect(compareChanges(place, { ...place })).toBe(0);
  });

  it.each([
    ["whose response is full", 5000, {}],
    ["that has a next page", 2, { _metadata: { references: [{ rel: "self" }, { rel: "next", href: "/" }] } }],
  ])("reads on in a history %s", async (_what, count, more) => {
    const before = urls().length;
    const full = bodyOf(
      Array.from({ length: count }, () => change(1)),
      more,
    );
    expect(await numbers(full, bodyOf([change(-1)]))).toEqual([
      -1,
      ...Array.from({ length: count }, () => 1),
    ]);
    expect(
      urls()
        .slice(before)
        .map((url) => /offset=(\d+)/.exec(url)?.[1]),
    ).toEqual(["0", String(count)]);
  });

  it("reads no end of changes", async () => {
    const before = urls().length;
    const full = bodyOf(Array.from({ length: 5000 }, () => change(1)));
    await expect(read(full)).rejects.toMatchObject({ fault: "bad-request" });
    expect(urls().length - before).toBe(2);
  });
});
